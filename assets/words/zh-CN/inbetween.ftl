# The words of Inbetween in Simplified Chinese. Ids and arguments are those of the English catalogue.

## Lists and joints

list-comma = 、
list-and = { $rest }和{ $last }
sentences = { $one }{ $two }

## The two frames

frame-first = 首帧
frame-last = 尾帧
frame-lower =
    { $slot ->
        [first] 首帧
       *[last] 尾帧
    }
frame-title =
    { $slot ->
        [first] 首帧
       *[last] 尾帧
    }

## Hosts

host-rehearsal = 预演
host-rehearsal-detail = 本机，免费

## Words of caution

advisory-crop-first = 首帧为 { $from }，将裁剪为 { $to }。
advisory-crop-last = 尾帧为 { $from }，将按首帧的比例裁剪。
advisory-portrait = 尾帧是竖图而首帧是横图，尾帧的大部分会被裁掉。
advisory-soft = { frame-title }小于输出尺寸，画面可能不够清晰。
advisory-both-soft = 首尾帧都小于输出尺寸，画面可能不够清晰。
advisory-same = 首尾帧是同一张图片，片段可能几乎没有动态。
advisory-transparent = 透明区域会变成黑色。

## What a picture breaks

picture-format = 此模型不接受 { $format } 文件
picture-too-small = 短边为 { $side } px，必须大于 { $over } px。
picture-too-large = 长边为 { $side } px，必须小于 { $under } px。
picture-ratio = 此图片的宽高比为 { $ratio }，必须在 { $min }:1 与 { $max }:1 之间。
picture-too-heavy = 文件大小为 { $size }，上限为 { $limit }。
bytes = { $count } 字节

## What an order breaks

refusal-no-first = 添加首帧后即可生成。
refusal-still-reading = { frame-title }仍在读取。
refusal-of-frame = { frame-title }：{ $reason }
refusal-no-last = 此模型不支持尾帧。
refusal-prompt-length = 提示词有 { $length } 个字符，上限为 { $max }。
refusal-seed = 种子必须在 -1 到 { $max } 之间。
refusal-not-offered = 不支持{ $what } { $value }；可选：{ $offered }。
refusal-fix-frame = 请先处理{ frame-lower }的问题，再生成。
refusal-reading = 正在读取{ frame-lower }…
refusal-shorten = 请将提示词缩短到 { $max } 个字符以内。
refusal-preparing = 正在准备图片…
refusal-add-key = 请在设置中添加 API 密钥。

## Prices and spending

price-free = 免费
price-about = 约 { $amount }
price-takes = { $takes } 条，约 { $amount }
price-unknown = 价格未知
charge-maybe = 可能已扣费
charge-not = 未扣费
hold-over-cap = 这会使今天的花费达到约 { $spent }，超出每日 { $cap } 的上限。
hold-unpriced = 价格未知的任务按 $0.00 计算。
have-unknown = 这可能已经付过费：之前有一个图片和设置都相同的任务，结果未知。
have-waiting = 你已下单这个片段：它已保存，正等待发送。
have-running = 你已有这个片段：它正在生成。
have-one = 你已有这个片段。
have-all = 你已有这些片段。
have-takes =
    { $count ->
       *[other] 这 { $all } 条中，第 { $takes } 条你已经有了。
    }
have-makes-all = 重新生成会把它们全部再做一遍。

## Keys

key-empty = 请先粘贴密钥。
key-too-long = 此密钥有 { $length } 个字符，上限为 { $limit }。
key-characters = 密钥只包含字母、数字和符号；这段文字含有空格或其他字符。

## Failures

failure-not-charged = { $sentence }未扣费。
failure-again-free = { $what }重新发送会再生成一次。
failure-again-charged = { $what }重新发送可能会重复扣费。
failure-check-list = 重新发送前，请再查询一次，或到服务商的任务列表中确认。
failure-dropped = 在 { $host } 确认任务之前，连接中断了。

## Messages over the stage

toast-play = 播放
toast-show = 查看
toast-undo = 撤销
show-in-folder = 在文件夹中显示
toast-cleared = 表单已清空
toast-saved = 已保存到 { $folder }
toast-frame-exported = 画面已导出
toast-frame-copied = 画面已复制
toast-ready = 片段已就绪：{ $name }
toast-failed = 任务失败：{ $reason }
toast-log-exported = 花费记录已导出
toast-prepared-cleared = 已清除处理好的图片
toast-bad-address = 图片地址须以 https:// 或 http:// 开头。
toast-last-is-first = 尾帧已设为首帧
toast-frame-is = 此画面已设为{ frame-lower }
toast-downloading-again = 正在重新下载片段
toast-taken-over = 已套用设置
toast-frame-gone = 此任务的{ frame-lower }已不在这台电脑上，请重新选择。
toast-frames-gone = 此任务的图片已不在这台电脑上，请重新选择。
toast-in-trash = 片段已移到回收站。
toast-clip-back = 片段已重新取回。
toast-no-image = 此文件夹中没有图片。
toast-found-clips =
    { $clips ->
       *[other] 按文件名重新找到了 { $clips } 个片段。
    }
toast-find-failed = 无法查找片段：{ $error }
toast-followed-elsewhere = 另一个窗口正在跟踪此任务，请在那里停止。
untitled-clip = 未命名片段

## Which rows are shown

filter-all = 全部
filter-running = 进行中
filter-done = 已完成
filter-failed = 失败

## What jobs say

job-frame-unreadable = 无法读取此画面：{ $error }
job-open-in-player = 请在播放器中打开。
job-clip-moved = 片段已不在 { $path }。
job-put-it-back = 请将它放回原处，或重新生成。
job-no-clip = 此任务没有片段。
job-clip-unsaved = 无法将片段保存到 { $path }：{ $error }。
job-log-unsaved = 无法将花费记录保存到 { $path }：{ $error }。
choose-another-folder = 请选择其他文件夹。
job-drop-or-paste = 请将图片拖入窗口，或粘贴图片。
job-add-key = 请在设置中添加 API 密钥，或设置 NOVITA_API_KEY。
job-no-key = 此服务商没有 API 密钥。
job-other-address = 此任务在服务商之外的地址上，未经确认不会向该地址发送密钥。
job-start-with-address = 请用 --base-url 加上该地址启动 Inbetween。
job-row-no-address = 此记录缺少服务商地址。
job-rehearsal-failed = 预演无法启动：{ $reason }
try-again = 请重试。
job-no-host = 没有名为 { $id } 的服务商。
job-no-task-id = 此记录没有任务 ID。
job-no-address = 服务商表示片段已完成，但未给出下载地址；将继续查询。
job-leave-or-ask = 不会丢失：可以放着不管，或向服务商询问此任务。
job-address-refused = 服务商给出的片段地址被拒绝，正在请求新地址。
job-host-keeps = 不会丢失：服务商会将片段保留一段时间。
job-takes-long = 此任务已超过 30 分钟，仍在继续查询。
job-leave-or-stop = 不会丢失：可以放着不管，或停止跟踪、稍后再继续。
job-clip-gone = 服务商已不再保留此片段。
job-look-for-copy = 请查找副本，或重新生成。
job-ended-before = 发送之前程序已退出。未扣费。
job-retry-sends = 重试会发送此任务，可能会扣费。
job-not-in-library = 此任务已不在资料库中。
job-pictures-cleared = 此任务的图片已被清除；请复用其设置并重新选择图片。
job-change-named = 请复用其设置，并修改上述内容。
job-model-gone = 模型 { $id } 已不再提供。
job-other-model = 请换用其他模型并复用其设置。
job-pictures-gone = 它的图片已不存在。
job-task-gone = 此任务已不存在。
job-free-again = 这里不收费；重新发送会再生成一次。
job-damaged-unknown = 资料库曾损坏，无法得知此任务是否已发送，可能已扣费。
job-look-at-hosts = 重新发送前，请先查看服务商的任务列表。

## What the balance tells of an unknown outcome

verdict-look = 重新发送前，请先查看 { $host } 的任务列表。
verdict-unknown-before = 余额为 { $now }。发送前的余额未知，因此无法得出结论。
verdict-higher = 余额比之前多了 { $size }：期间有充值，因此无法得出结论。
verdict-same = 余额没有变化。这不能作为证明，之后仍可能扣费。
verdict-others = 余额比之前少了 { $size }，但期间还发送过其他任务，无法判断是谁的扣费。
verdict-less = 余额比之前少了 { $size }，低于预估的 { $estimate }：可能已扣费。
verdict-much-more = 余额比之前少了 { $size }，远高于预估的 { $estimate }：有过扣费，可能就是此任务。
verdict-probably = 余额比之前少了 { $size }：很可能已扣费。
verdict-something = 余额比之前少了 { $size }：有过扣费，可能就是此任务。

## The system's dialogs

dialog-clip-folder = 选择存放片段的文件夹
dialog-choose-frame = 选择{ frame-lower }
dialog-none = 此系统没有文件对话框。请将图片拖入窗口，或粘贴图片。
dialog-save-clip = 保存片段
dialog-mp4 = MP4 视频
dialog-export-frame = 导出画面
dialog-png = PNG 图片
dialog-export-log = 导出花费记录
dialog-csv = CSV 表格
dialog-images = 图片
dialog-all-files = 所有文件
dialog-log-name = Inbetween 花费记录.csv

## The sample pairs

sample-lake = 湖畔，从晨到暮
sample-lake-prompt = 太阳翻过群峰、掠过天空，湖面晨雾升起；光线渐入黄昏，第一批星星亮起。镜头固定。
sample-balloon = 沙丘上的热气球
sample-balloon-prompt = 热气球升起并向左飘去，太阳沉入沙丘之后，沙地上的影子渐渐拉长。镜头固定。
sample-storm = 风暴放晴
sample-storm-prompt = 雨势减弱，岬角上空云层散开；灯塔的光束淡去，温暖的日光照上悬崖。海浪不断涌来。镜头固定。

## The clipboard, the desktop, the keychain

clipboard-no-image = 剪贴板中没有图片。
clipboard-unavailable = 此系统的剪贴板不可用。
clipboard-busy = 剪贴板正被其他程序占用。
clipboard-copy-again = 请复制图片或文件后再粘贴。
clipboard-drop = 请将图片拖入窗口，或选择图片。
desktop-missing = 文件已不存在。
desktop-no-program = 没有找到可以打开它的程序。
desktop-trash = 无法将文件移到回收站：{ $reason }。
desktop-address = 无法打开此地址。
notify-ready = 片段已就绪
notify-failed = 任务失败
keychain-unavailable = 系统钥匙串不可用。
keychain-locked = 系统钥匙串已锁定。
keychain-denied = 系统钥匙串拒绝了访问。
keychain-bad-entry = 无法读取系统钥匙串中的密钥，请重新保存。
keychain-ambiguous = 系统钥匙串中有多个此服务商的密钥，请在其中删除多余的。
keychain-failed = 系统钥匙串出错。
keychain-unlock = 请解锁后重试。
keychain-allow = 请允许访问后重试。
key-variable-unusable = { $variable } 中没有可用的密钥：{ $reason }
key-variable-set = 请重新设置 { $variable }，或取消设置该变量。

## What a host answers

api-this-model = 此模型
api-the-host = 服务商
api-setup = 无法建立连接：{ $reason }。
api-unreadable = 无法理解 { $host } 的应答。
api-asked-again = 正在再次查询。
api-asked-after-pause = 稍后再次查询。
api-nothing-sent = 未发送任何内容，也未扣费。请在恢复连接后重试。
api-no-connection = 无网络连接。
api-request = 无法构建请求。
api-check-url = 请检查服务地址。
api-slow-down = { $host } 要求放慢请求。
api-sent-after-pause = 稍后发送。
api-unknown-no-answer = { $host } 没有应答，任务可能已创建。
api-unknown-error = { $host } 返回了错误（{ $status }），任务可能已创建。
api-unknown-redirect = { $host } 指向了其他地址（{ $status }），任务可能已创建。
api-unknown-no-task = { $host } 的应答中没有任务，任务可能已创建。
api-timed-out = { $host } 没有应答。
api-broken = 与 { $host } 的连接中断了。
api-tried-again = 正在重试。
api-task-failed = { $host } 未能生成片段。
api-task-failed-because = { $host } 未能生成片段：{ $reason }。
api-other-prompt = 请重试，或换一个提示词。
api-key-refused = 密钥未被接受。
api-check-key = 请在设置中检查 API 密钥。
api-account = 此账户不能在 { $host } 使用 { $model }。
api-ask-host = 请联系服务商开通。
api-real-name = { $host } 要求账户先完成实名认证。
api-verify-account = 请在服务商处完成认证。
api-balance = 余额不足。
api-add-funds = 请充值后重试。
api-picture-too-heavy = { $host } 拒绝了{ frame-or-picture }：文件过大。
api-picture-format = { $host } 拒绝了{ frame-or-picture }：不接受此格式。
api-picture-too-large = { $host } 拒绝了{ frame-or-picture }：像素过多。
api-picture-size = { $host } 拒绝了{ frame-or-picture }：不接受此尺寸。
api-picture-moderation = { $host } 拒绝了{ frame-or-picture }：可能包含敏感内容。
frame-or-picture =
    { $slot ->
        [first] 首帧
        [last] 尾帧
       *[none] 图片
    }
api-smaller-file = 请使用更小的文件。
api-jpeg-or-png = 请使用 JPEG 或 PNG。
api-scale-down = 请缩小图片。
api-other-picture = 请换一张图片。
api-prompt-moderation = { $host } 拒绝了提示词：可能包含敏感信息。
api-change-prompt = 请修改提示词。
api-task-gone = { $host } 已没有此任务的记录。
api-ask-with-id = 请用任务 ID 向服务商询问。
api-server = { $host } 出现故障（错误 { $status }）。
api-refused-error = { $host } 拒绝了请求（错误 { $status }）。
api-refused-because = { $host } 拒绝了请求：{ $reason }。
api-change-settings = 请修改其中提到的设置。
api-not-served = { $host } 不提供（或已不再提供）{ $model }。
api-on-offer = 可选：{ $offered }。
api-change-url = 请修改 --base-url 或 INBETWEEN_BASE_URL。
api-url-none = 服务地址不是有效的网址。
api-url-plain = 服务地址必须以 https:// 开头；http 仅限本机使用。
api-frame-unreadable = 无法读取{ frame-lower }：{ $reason }。
api-frame-changed = 发送过程中{ frame-lower }文件发生了变化。
api-choose-again = 请重新选择图片。

## Bringing a clip home

download-not-https = 无法下载片段：片段地址不是 https。
download-private = 无法下载片段：片段地址位于内网。
download-refused = 无法下载片段：地址被拒绝（{ $status }）。
download-no-connection = 无法下载片段：无网络连接。
download-no-answer = 无法下载片段：等待应答超时。
download-broke = 无法下载片段：连接中断。
download-too-long = 无法下载片段：应答过长。
download-cut = 无法下载片段：传输中断。
download-too-large = 无法下载片段：文件超过 2 GB。
download-not-a-clip = 无法下载片段：收到的不是视频。
download-damaged = 无法下载片段：文件已损坏。
download-disk-full = 无法保存片段：磁盘已满。
download-folder = 无法保存片段：{ $error }。
download-folder-gone = 无法保存片段：{ $path } 不存在。
download-make-room = 请腾出空间，或选择其他文件夹。
download-fetched-again = 正在重新下载。
download-new-address = 正在请求新地址。

## Pictures that cannot be read

only-images = 仅支持 JPEG、PNG、WebP、BMP、TIFF 或 GIF 图片
image-missing = 此文件已不存在。
image-folder = 这是文件夹，不是图片。
image-special = 这不是普通文件。
image-denied = 无法读取此文件：没有权限。
image-empty = 此文件是空的（0 字节）。
image-broken = 无法将此文件作为图片读取。
image-too-large = 此图片为 { $size }，过大而无法打开。
image-too-heavy = 文件大小为 { $size }，过大而无法打开。
image-changed = 此文件在选择后发生了变化，请重新选择。
image-not-smaller = 无法将此图片压缩到 { $size } 以下。
image-unreadable = 无法读取此文件：{ $reason }。
image-unsaved = 无法保存图片：{ $reason }。
image-disk-full = 磁盘已满
image-address = 只能获取 http 和 https 地址。
image-unreachable = 无法获取图片：连接不到该地址。
image-timeout = 无法获取图片：该地址应答超时。
image-status = 无法获取图片：该地址返回状态 { $status }。
image-fetched-too-heavy = 此地址的图片超过 { $size }。
image-free-space = 请腾出空间后重试。
image-check-connection = 请检查网络连接后重试。
image-choose-another = 请换一张图片。

## The library

library-no-home = 当前用户没有主文件夹，请指定数据文件夹。
library-folder = 无法使用 { $path }：{ $error }。
library-database = 资料库的数据库出错：{ $error }。
library-in-use = 此版本无法读取资料库，并且另一个窗口正在使用它：{ $path }。
library-not-found = 资料库中没有任务 { $id }。
library-owned = 另一个窗口正在跟踪此任务。
library-step = 状态为 { $from } 的任务不能变为 { $to }。
library-no-task-id = 状态为 { $status } 的任务需要服务商的任务 ID。
library-not-intent = 新任务不能以 { $status } 状态开始。
library-not-settled = 只能移除已结束或未发送的任务。
library-check-folder = 请检查文件夹是否可写。
library-untold = 资料库中没有记录发生了什么。
library-aside-damaged =
    { $tasks ->
        [0] 资料库已损坏；原文件保留为“{ $name }”，并已新建资料库。
       *[other] 资料库已损坏；原文件保留为“{ $name }”，并已用可读取的 { $tasks } 个任务新建资料库。
    }
library-aside-newer =
    { $tasks ->
        [0] 资料库来自更新的版本；原文件保留为“{ $name }”，并已新建资料库。
       *[other] 资料库来自更新的版本；原文件保留为“{ $name }”，并已用可读取的 { $tasks } 个任务新建资料库。
    }
settings-unreadable = 无法读取设置（{ $error }），已使用默认值。
settings-broken = 无法读取设置文件，已使用默认值，原文件会另行保留。
settings-unknown = 此版本没有“{ $name }”设置，已在文件中原样保留。
settings-misread = 无法理解“{ $name }”设置，已使用其默认值。

## The command line

cli-mistyped = 没有名为 { $name } 的文件或命令。
cli-see-help = 请查看 inbetween --help。
cli-see-generate-help = 请查看 inbetween generate --help。
cli-nothing-sent = 未发送任何内容。
cli-limit-unread = 无法读取设置中的每日上限；请重新设置，或加上 --over-cap。
cli-output-is-input = 输出文件是所用图片之一，请指定其他文件。
cli-no-sample = 没有名为 { $name } 的示例；可选：{ $offered }。
cli-no-model = 没有名为 { $id } 的模型；可选：{ $offered }。
cli-no-host = 此模型没有名为 { $id } 的服务商；可选：{ $offered }。
cli-duration = 时长 { $duration } 不是秒数。
cli-path = { $path }：{ $error }。
cli-is-folder = { $path } 是文件夹，请指定文件。
cli-no-folder = 文件夹 { $path } 不存在。
cli-not-copied = 片段已完成，但无法复制到 { $path }：{ $error }。
cli-copy-from = 请从 { $path } 复制；没有需要继续的任务。
cli-inspect-failed = { $path }：{ $error }
cli-clip-facts = { $size }，{ $fps } fps，{ $frames } 帧，{ $seconds } 秒，{ $codec }
cli-ended = { $status }。
cli-ended-because = { $status }：{ $sentence }{ $advice }
cli-held-cap = 未发送任何内容。加上 --over-cap 可照常生成，或在设置中修改上限。
cli-held-waits = 未发送任何内容。`inbetween resume` 会发送等待中的任务；加上 --again 可再下单一次。
cli-held-have = 未发送任何内容。加上 --again 可重新生成。
cli-it-is = { $hold }它在：{ $places }。
cli-task = 任务 { $id }
cli-not-started = 程序无法启动：{ $error }。
cli-no-display = 没有可用的显示器来打开窗口；请用 `inbetween generate` 在无窗口下生成片段。
cli-no-answer = 已打开的窗口没有应答：{ $error }。请先将其关闭。
cli-no-window = 无法打开窗口：{ $error }。不用窗口时请使用 `inbetween generate`。

## Words of more than one place

cancel = 取消
done = 完成
close = 关闭
remove = 移除
reading = 正在读取…
generate = 生成
settings-title = 设置
shortcuts-title = 键盘快捷键
adjust-crop = 调整裁剪
adjust-crop-more = 调整裁剪…
choose-another-more = 另选一张…
clips =
    { $count ->
       *[other] { $count } 个片段
    }
seconds-short = { $seconds } 秒
clear-form = 清空表单

## Top bar

host-spoken = { $name }，{ $detail }
host-name = 服务商
top-settings-tip = 设置 ({ $keys })
top-shortcuts-tip = 键盘快捷键 ({ $keys })
balance-free = 不收费
balance-free-spoken = 余额，不收费
balance-add-key = 添加密钥
balance-unknown = 余额未知
balance-spoken =
    { $sign ->
        [minus] 余额，负 { $dollars } 美元 { $cents } 美分
       *[plus] 余额，{ $dollars } 美元 { $cents } 美分
    }

## Compose

compose-title = 创作
recent-prompts = 最近的提示词
well-remove = 移除{ frame-lower }
well-adjust = 调整{ frame-lower }的裁剪
well-more = 选择{ frame-lower }的更多方式
well-more-tip = 最近图片、地址、片段
well-required = 必填
well-optional = 可选
well-drop = 拖入或选择
well-paste = 粘贴或选择
well-formats = JPEG, PNG, WebP, BMP, TIFF, GIF
well-add-last = 添加尾帧
well-clip-ends = 片段结束的画面
well-unreadable = 无法读取
well-address = 以地址发送
well-swap = 交换首帧与尾帧
well-swap-tip = 交换首尾帧
well-replace = 替换{ frame-lower }
well-drop-first = 松开设为首帧
well-starts-here = 片段从这里开始
well-drop-last = 松开设为尾帧
well-ends-here = 片段在这里结束
spoken-first = 首帧，必填
spoken-last = 尾帧，可选
spoken-empty = 空
spoken-reading = 正在读取 { $name }
spoken-address = 以地址 { $url } 发送
spoken-and = { $value }。{ $warning }
spoken-ratio-to = 比
spoken-facts = { $width } 乘 { $height }，{ $ratio }，{ $megabytes } 兆字节
spoken-generate-free = 生成，免费
spoken-generate-unknown = 生成，价格未知
spoken-generate-cents = 生成，约 { $cents } 美分
spoken-generate-dollars = 生成，约 { $dollars } 美元 { $cents } 美分
prompt-label = 提示词
prompt-placeholder = 描述画面中什么在动、镜头如何运动、光线如何变化。
prompt-counted = { $length } / { $max } 个字符
presets = 预设
preset-remove = 移除预设
preset-remove-named = 移除预设“{ $name }”
prompts-none = 用于生成的提示词会显示在这里。
preset-keep-as = 将此提示词存为
preset-name = 预设名称
preset-name-hint = 名称
preset-keep = 保存
source-file = 选择文件…
source-fill-white = 用白色填充透明区域
source-fill-black = 用黑色填充透明区域
source-address = 图片地址
source-fetch = 获取并裁剪
source-send = 直接发送地址
source-recent = 最近的图片
source-clips = 已有片段的尾帧
source-last-of = “{ $name }”的尾帧
field-resolution = 分辨率
field-ratio = 宽高比
field-ratio-short = 宽高比
field-duration = 时长
field-seed = 种子
field-takes = 条数
field-auto = 自动
field-auto-ratio = 自动 { $ratio }
field-auto-detail = 跟随首帧
field-random = 随机
field-new-seed = 换一个随机种子
field-keep-seed = 锁定此种子
field-camera-fixed = 固定镜头
field-camera-fixed-does = 镜头保持不动
field-original = 发送原图
field-original-does = 不裁剪，保持文件原样
summary-output = { $size } · { $fps } fps · { $seconds } 秒
balance-too-low = 余额可能不足以生成此片段。
note-copying = 正在制作{ frame-lower }的副本…
fix-scale-down = 缩小
fix-smaller-copy = 制作较小的副本
fix-crop = 裁剪…
fix-crop-to = 裁剪为 { $ratio }
fix-use = 改用 { $name }
fix-remove-last = 移除尾帧
fix-fill-white = 用白色填充

## Words for the camera

camera-add = 添加到提示词：{ $sentence }
camera-push-in = 推进
camera-push-in-says = 镜头缓慢推进。
camera-pull-out = 拉远
camera-pull-out-says = 镜头缓慢拉远。
camera-pan-left = 左摇
camera-pan-left-says = 镜头向左摇。
camera-pan-right = 右摇
camera-pan-right-says = 镜头向右摇。
camera-tilt-up = 上摇
camera-tilt-up-says = 镜头向上摇。
camera-tilt-down = 下摇
camera-tilt-down-says = 镜头向下摇。
camera-orbit = 环绕
camera-orbit-says = 镜头环绕主体。
camera-crane-up = 升镜头
camera-crane-up-says = 镜头缓缓升起。
camera-track = 跟拍
camera-track-says = 镜头跟随主体。
camera-handheld = 手持
camera-handheld-says = 手持镜头。
camera-static = 固定
camera-static-says = 镜头固定。

## The large view of a crop

crop-title = 裁剪{ frame-lower }
crop-name = { frame-lower }的裁剪
crop-no-preview = 无预览
crop-spoken = { $width } 乘 { $height } 像素，距左 { $x }，距上 { $y }
crop-becomes = 从 { $size }（{ $ratio }）截取 { $crop }，输出 { $output }
crop-becomes-soft = 从 { $size }（{ $ratio }）截取 { $crop }，输出 { $output }，画面可能不够清晰。
crop-use = 使用此裁剪
crop-centre = 居中

## Many first frames

batch-title = { $count } 张首帧，相同设置
batch-caption =
    { $last ->
        [yes] 每张图片将按表单的提示词、设置和尾帧各生成一个片段，并以画面中心裁剪。
       *[no] 每张图片将按表单的提示词和设置各生成一个片段，并以画面中心裁剪。
    }
batch-left-out = 另有 { $count } 张未加入：每批最多 { $most } 张。
batch-trouble = 未加入：{ $reason }
batch-take-out = 移出
batch-take-out-named = 移出 { $name }
batch-reading = 正在读取图片…
batch-about = { clips }，约 { $amount }
batch-free = { clips }，免费
batch-price-unknown = { clips }，价格未知
batch-generate = 生成 { clips }

## Files over the window

drag-hint = 拖到其他任意位置即可填入空位。同时拖入两张图片会依次填入首尾帧。
drag-many = 松开后，这 { $count } 张图片将以相同设置各生成一个片段。

## Questions

ask-generate-anyway = 仍要生成
ask-show-it = 查看
ask-make-again = 重新生成
ask-stop-watching = 停止跟踪此任务？它仍可能扣费；之后可以继续跟踪。
ask-keep-watching = 继续跟踪
ask-stop = 停止跟踪
ask-send-again = 重新发送？可能会扣两次费用。
ask-send = 重新发送
ask-remove = 从列表中移除？已保存的文件会保留。
ask-trash = 将片段移到回收站？任务会保留在列表中。
ask-trash-yes = 移到回收站
ask-close = 仍在发送。现在关闭可能会丢失对付费任务的跟踪。
ask-wait = 等待
ask-close-anyway = 仍要关闭

## The spend log

log-title = 花费记录
log-empty = 尚无花费。由收费服务商生成的片段会列在这里。
log-estimates = 金额均为预估。
log-export = 导出 CSV…
log-today = 今天
log-yesterday = 昨天
weekday-name =
    { $weekday ->
        [1] 星期一
        [2] 星期二
        [3] 星期三
        [4] 星期四
        [5] 星期五
        [6] 星期六
       *[7] 星期日
    }
month-name = { $month }月
log-day = { month-name }{ $day }日 { weekday-name }
log-day-of-year = { $year }年{ month-name }{ $day }日
log-price-unknown = 价格未知
log-day-spoken = { $day }，{ $total }
log-entry-spoken = { $time }，{ $prompt }，{ $host }，{ $amount }
log-entry-charge-spoken = { $time }，{ $prompt }，{ $host }，{ $amount }，{ $charge }

## The language

language-name = 语言
language-system = 跟随系统

## Where a task stands

status-not-sent = 未发送
status-uploading = 正在上传
status-unknown = 结果未知 — 可能已扣费
status-queued = 排队中
status-rendering-percent = 正在渲染 { $percent }%
status-rendering = 正在渲染
status-downloading = 正在下载
status-done = 已完成
status-failed = 失败
status-stopped = 未跟踪

## What can be asked by a key or a menu

action-choose-first = 选择首帧
action-choose-last = 选择尾帧
action-paste = 将图片粘贴到下一个空位
action-swap = 交换首尾帧
action-search = 搜索任务
action-next = 下一个任务
action-previous = 上一个任务
action-remove = 移除所选任务
action-close-top = 关闭弹窗、面板或搜索
action-play-pause = 播放或暂停
action-first-of-clip = 跳到片段首帧
action-last-of-clip = 跳到片段尾帧
action-backward = 倒放；再按为 2×、4×
action-forward = 正放；再按为 2×、4×
action-in-point = 在此帧设入点
action-out-point = 在此帧设出点
action-clear-points = 清除入点和出点
action-zoom = 实际像素或适合窗口
action-as-first = 将此帧用作首帧
action-as-last = 将此帧用作尾帧
action-copy-frame = 复制画面
action-diagnostics = 播放器诊断信息

## What helps a task

retry = 重试
edit-prompt = 编辑提示词
reuse-settings = 复用设置
check-again = 再次查询
send-again-more = 重新发送…
pick-up-again = 继续跟踪
ask-the-host-again = 再次询问
open-settings = 打开设置
add-funds = 充值
choose-folder-more = 选择文件夹…
save-as = 另存为…
open-in-player = 用播放器打开
download-again = 重新下载
trash-more = 将片段移到回收站…
remove-more = 从列表中移除…
more-actions = 更多操作
export-frame = 导出画面
compare = 对比

## The task panel

tasks-title = 任务
tasks-running = { $count } 个进行中
tasks-search = 搜索提示词
tasks-filter = 筛选任务
tasks-count-spoken = { $label }，{ $count }
tasks-none = 还没有任务
tasks-none-yet = 你生成的片段会显示在这里，包括进度、费用和结果。
tasks-no-match = 没有匹配“{ $search }”的任务。
tasks-none-running = 没有进行中的任务。
tasks-none-failed = 没有失败的任务。
tasks-no-clips = 还没有片段。
tasks-clear-search = 清除搜索
tasks-row-spoken = { $prompt }，{ $status }，{ $time }
tasks-hide = 隐藏任务
tasks-show = 显示任务
tile-unknown = 未知
tile-saving = 保存中
tile-render = 渲染中
tile-upload = 上传中
ago-now = 刚刚
ago-minutes = { $count } 分钟前
ago-hours = { $count } 小时前
ago-yesterday = 昨天
ago-days = { $count } 天前

## The empty stage

empty-start = 从首帧开始
empty-drop = 将图片拖到窗口任意位置。再添加一张尾帧，片段就会从首帧过渡到尾帧。
empty-paste = 粘贴或选择一张图片。再添加一张尾帧，片段就会从首帧过渡到尾帧。
empty-choose = 选择图片…
empty-paste-button = 粘贴
empty-samples = 或者试试示例
empty-rehearsal = 预演在本机免费生成简单的预览。切换到 Novita 可生成真正的片段。

## Before generating

preview-title = 预览
preview-before = 生成之前
preview-split = 分屏
preview-overlay = 叠加
preview-flip = 交替
preview-mode = 预览方式
preview-stop = 停止预览
preview-play = 播放过渡预览
preview-fade = 这是两张图片之间的淡变。真正的片段会让画面动起来。
preview-move = 这是在图片上的缓慢移动。真正的片段会让画面动起来。
preview-to-fill = 待生成 { $frames } 帧
preview-press = 点击“生成”，片段到达时胶片条会逐帧填满。
preview-output = 输出为 { $ratio }，{ $size }
preview-split-position = 分屏位置
preview-overlay-strength = 叠加强度
preview-other-frame = 显示另一帧
preview-in-between = 过渡预览
preview-address = 服务商将获取 { $url }，此处无法预览。
preview-none = 此图片没有预览。
preview-cropped = { frame-title }（已裁剪）
loss-add-first = 添加首帧以确定片段从哪里开始。
loss-add-last = 添加尾帧以确定片段在哪里结束。
loss-both = 首尾帧都会裁掉{ $cut }。
loss-frame = { frame-lower }会裁掉{ $cut }。
loss-none = 首尾帧都完整使用。
loss-top = 上方 { $cut }
loss-bottom = 下方 { $cut }
loss-left = 左侧 { $cut }
loss-right = 右侧 { $cut }
loss-top-and-bottom = 上下各 { $cut }
loss-left-and-right = 左右各 { $cut }

## On its way

step-upload = 上传
step-queue = 排队
step-render = 渲染
step-download = 下载
step-save = 保存
step-done = { $step }，已完成
step-now = { $step }，进行中
step-to-come = { $step }，未开始
running-waiting = 等待发送
running-so-far = 已用时 { $elapsed }。可以关闭窗口，下次打开时会继续跟踪此任务。
running-sending = 已用时 { $elapsed }。发送完成前请勿关闭窗口。
stop-watching-more = 停止跟踪…
trouble-unknown = 可能已扣费
trouble-refused = 被拒绝
trouble-stopped = 它仍可能扣费。
trouble-pick-up = 继续跟踪即可取回片段。

## Facts about a clip

fact-fps = { $fps } fps
fact-not-measured = 未测量
fact-found-again = 重新找到
fact-frames = { $count } 帧
fact-seed = 种子 { $seed }
fact-asked = 要求为 { $asked }
fact-asked-spoken = { $fact }，要求为 { $asked }
fact-more = +{ $count }
fact-no-prompt = 无提示词

## A clip

clip-last-as-first = 用尾帧作首帧
clip-last-as-first-short = 尾帧作首帧
clip-last-as-last = 用片段尾帧作尾帧
clip-position = 位置
clip-in = 入点
clip-out = 出点
clip-frame-of = 第 { $frame } 帧，共 { $frames } 帧
clip-time-spoken = { $seconds } 秒，第 { $frame } 帧，共 { $frames } 帧
clip-frame-counter = 帧 { $frame } / { $frames }
clip-picture-spoken = 片段，第 { $frame } 帧，共 { $frames } 帧
clip-with-ffmpeg = { $error }。安装 ffmpeg 后即可在此播放
clip-play = 播放
clip-pause = 暂停
clip-back = 后退一帧
clip-forward = 前进一帧
clip-full = 全屏
clip-leave-full = 退出全屏
clip-zoom = 缩放
clip-fit = 适合窗口
clip-speed = 速度
clip-loop = 循环
clip-stands-in = 第 { $frame } 帧已损坏，显示的是第 { $other } 帧
clip-decoding = 正在解码第 { $frame } 帧…
clip-backwards = 倒放
clip-backwards-fast = 倒放，{ $speed }×
clip-unplayable = 无法播放此片段。
clip-because = { $reason }。
diagnostics = 诊断信息：{ $lines }

## One clip beside another

compare-split = 分屏
compare-sides = 并排
compare-difference = 差异
compare-seam = 接缝
compare-mode = 对比方式
compare-joined-to = 衔接到
compare-with = 对比对象
compare-position = 对比位置
compare-difference-to = 与{ $what }的差异，放大 { $gain } 倍
compare-first = 首帧
compare-last = 尾帧
compare-decoding = 正在解码衔接处…
compare-end = 结尾，第 { $frame } 帧，共 { $frames } 帧
compare-start = 开头，第 { $frame } 帧，共 { $frames } 帧
compare-other-start = 另一片段的开头，第 { $frame } 帧，共 { $frames } 帧
compare-this = 此片段
compare-missing = { $label }：无可显示
compare-nothing = 无
compare-own-start = 自身开头
compare-another-take = 另一条
compare-take = 条次，种子 { $seed }

## Settings

settings-saved = 更改会自动保存。
settings-api-key = API 密钥
settings-spending = 花费
settings-library = 资料库
settings-notifications = 通知
settings-appearance = 外观
settings-change = 更改…
settings-clips = { clips }，{ $size }。片段完成后会立即保存到这里。
settings-prepared-what = 按发送时处理好的图片，供复用和重试使用。
settings-prepared-needed = 未完成的任务或表单仍需要它们。
settings-prepared-some = 未完成任务和表单所用的会保留。
settings-prepared-free = 清除后，片段和列表中的缩略图仍会保留。
settings-prepared = 处理好的图片：{ $size }
settings-clear = 清除
settings-notify-ready = 片段就绪时
settings-notify-ready-detail = 仅当窗口在后台时
settings-notify-failed = 任务失败时
settings-sound = 播放提示音
settings-theme = 主题
settings-dark = 深色
settings-light = 浅色
settings-motion = 动效
settings-motion-full = 完整
settings-motion-reduced = 减弱
settings-contrast = 提高对比度
settings-rehearsal = 在本机免费运行。用简单的预览检查节奏与裁剪。
settings-novita = 云端 Seedance。费用从 Novita 余额中扣除。
key-kept = 保存在系统钥匙串中，绝不写入文件或日志。
key-kept-this-run = 系统钥匙串不可用，密钥仅保留到退出程序。
key-from-variable = 取自 NOVITA_API_KEY；设置该变量时优先于钥匙串。
key-not-needed = 预演不需要密钥。选择 Novita 后可输入密钥。
key-paste = 粘贴你的密钥
key-save = 保存
key-verify = 验证
key-checking = 正在检查…
key-verified =
    { $minutes ->
        [0] 刚刚验证。
       *[other] { $minutes } 分钟前验证。
    }
key-balance = 余额 { $balance }。
key-get = 获取密钥
cap-caption = 金额均为预估。上限留空则不再询问。
cap-no-amount = 请输入金额，如 5.00，或留空。
cap-log = 花费记录…
cap-ask-above = 每天超过
cap-a-day = 时询问
cap-name = 每天超过多少美元时询问
cap-none = 无上限
cap-sums = 今天{ $today } · 本月{ $month }
spent-about = 约 { $amount }
spent-at-least = 至少 { $amount }

## Parts of the window

stepper-decrease = 减少{ $name }
stepper-increase = 增加{ $name }

## On the command line, later

cli-followed-elsewhere = 任务 { $id } 正由本机上的另一个 Inbetween 跟踪。

## Clips that cannot be played

video-read = 无法读取片段 { $path }：{ $reason }
video-empty = 片段是空文件
video-not-mp4 = 此文件不是 mp4 片段
video-incomplete = 片段不完整：缺少索引
video-no-video = 文件中没有视频
video-codec = 片段的编码为 { $codec }，无法在此播放
video-unsupported = 片段使用的 H.264 类型无法在此播放（{ $kind }）
video-kind-size-changes = 画面尺寸会变化
video-kind-full-chroma = 4:4:4 色度
video-kind-bit-depth = 位深不是 8 或 10
video-kind-lossless = 无损编码
video-kind-unknown = 未知的编码工具
video-kind-tall-chroma-turned = 侧放的 4:2:2 色度
video-damaged = 片段已损坏：{ $reason }
video-damage-picture-too-large = 其中一个画面过大
video-damage-picture-unreadable = 其中一个画面无法读取
video-damage-index-too-large = 其索引过大
video-damage-no-picture = 其中没有画面
video-damage-index-unreadable = 其索引无法读取
video-damage-track-unreadable = 其画面轨道无法读取
video-damage-list-unreadable = 其画面列表无法读取
video-damage-picture-undecodable = 有一个画面无法解码
video-damage-other-size = 有一个画面的尺寸与文件头不符
video-damage-nothing-decodable = 没有任何画面可以解码
video-damage-contradiction = 其文件头互相矛盾
video-damage-no-coding = 它没有说明画面的编码方式
video-damage-no-size = 其画面没有尺寸
video-too-large = 画面过大，无法在此播放（{ $width } × { $height } 像素）
video-too-long = 片段过长，无法在此播放
video-no-frame = 片段没有第 { $frame } 帧
video-not-kept = 无法保存片段的帧：{ $reason }

## Figures of the player

figure-own-decoder = 内置解码器
figure-coded = { $codec }，{ $engine }，{ $size }，{ $rate }
figure-decoded = 已解码 { $decoded } / { $frames }，丢失 { $lost }
figure-late = 延迟 { $late }，最近一秒显示 { $shown }
figure-read = 读取与转换 { $millis } ms
cli-clip-through-ffmpeg = { $facts }，经由 ffmpeg

## The command palette, the parts of the window, and what came with them

palette-name = 命令面板
palette-search = 搜索命令
palette-commands = 命令
action-next-region = 窗口的下一部分
action-previous-region = 窗口的上一部分
action-reuse = 复用所选任务的设置
action-show-clip = 在文件夹中显示片段
action-open-clip = 用播放器打开片段
action-quit = 退出
action-mute = 静音或取消静音
window-running = Inbetween — { $count } 个进行中
scroll-sheet = 滚动弹窗
scroll-log = 滚动花费记录
scroll-form = 滚动表单
scroll-prompt = 滚动提示词
scroll-prompts = 滚动提示词列表
scroll-tasks = 滚动任务列表
batch-row-spoken = { $name }，{ $fact }
settings-diagnostics = 诊断信息
diagnostics-copy = 复制
diagnostics-no-secret = 其中没有机密：不含密钥、提示词和地址。
toast-diagnostics-copied = 诊断信息已复制
settings-contrast-asked = 始终开启：系统要求提高对比度
names-label = 文件名
names-example = 示例：{ $name }
names-offered = { $names }。ID 始终在最后。
names-unknown = 没有 { $name }；可用：{ $list }。
names-open = 大括号没有闭合。
names-id-last = { $id } 在最后：资料库丢失时靠它重新找到片段。
names-character = 文件名不能包含“{ $character }”。
names-too-long = 作为文件名过长。
take-numbered = 第 { $number } 条
take-switch = 切换条次
volume-mute = 静音
volume-unmute = 取消静音
volume-name = 音量
sound-no-device = 无法打开声音设备
sound-lost = 声音设备已断开
sound-no-thread = 无法启动声音
sound-unknown = 此片段的声音编码无法识别
sound-silent-build = 此版本不播放声音
video-container = 片段是 { $container } 文件，无法在此读取
host-detail = — { $detail }
scroll-window = 滚动窗口
well-none = 此模型不支持
drag-image = { $format } 图片
