# The words of Inbetween in English. The other catalogues have the same ids and the same arguments.

## Lists and joints

list-comma = ,{" "}
list-and = { $rest } and { $last }
sentences = { $one } { $two }

## The two frames

frame-first = First frame
frame-last = Last frame
frame-lower =
    { $slot ->
        [first] first frame
       *[last] last frame
    }
frame-title =
    { $slot ->
        [first] First frame
       *[last] Last frame
    }

## Hosts

host-rehearsal = Rehearsal
host-rehearsal-detail = this computer, free

## Words of caution

advisory-crop-first = First frame is { $from }; it will be cropped to { $to }.
advisory-crop-last = Last frame is { $from }; it will be cropped to match the first frame.
advisory-portrait = Last frame is portrait and the first is landscape; most of it will be cut.
advisory-soft = { frame-title } is smaller than the output; it may look soft.
advisory-both-soft = Both frames are smaller than the output; they may look soft.
advisory-same = Both frames are the same image; the clip may barely move.
advisory-transparent = Transparent areas will turn black.

## What a picture breaks

picture-format = { $format } files are not accepted by this model
picture-too-small = Shorter side is { $side } px; it must be greater than { $over } px.
picture-too-large = Longer side is { $side } px; it must be less than { $under } px.
picture-ratio = This image is { $ratio }; it must be between { $min }:1 and { $max }:1.
picture-too-heavy = File is { $size }; the limit is { $limit }.
bytes = { $count } bytes

## What an order breaks

refusal-no-first = Add a first frame to generate.
refusal-still-reading = { frame-title } is still being read.
refusal-of-frame = { frame-title }: { $reason }
refusal-no-last = This model has no last frame.
refusal-prompt-length = Prompt has { $length } characters; the limit is { $max }.
refusal-seed = Seed must be between -1 and { $max }.
refusal-not-offered = { $what } { $value } is not offered; choose one of { $offered }.
refusal-fix-frame = Fix the { frame-lower } to generate.
refusal-reading = Reading the { frame-lower }…
refusal-shorten = Shorten the prompt to { $max } characters.
refusal-preparing = Preparing the pictures…
refusal-add-key = Add an API key in Settings.

## Prices and spending

price-free = Free
price-about = about { $amount }
price-takes = { $takes } takes, about { $amount }
price-unknown = Price unknown
charge-maybe = may have been charged
charge-not = not charged
hold-over-cap = This would bring today to about { $spent }, over your limit of { $cap } a day.
hold-unpriced = Tasks without a known price count as $0.00.
have-unknown = This may already be paid for: an earlier task with the same pictures and settings has an unknown outcome.
have-waiting = You already ordered this clip: it is stored and waits to be sent.
have-running = You already have this clip: it is being made.
have-one = You already have this clip.
have-all = You already have these clips.
have-takes =
    { $count ->
        [one] You already have take { $takes } of these { $all }.
       *[other] You already have takes { $takes } of these { $all }.
    }
have-makes-all = Making it again makes all of them.

## Keys

key-empty = Paste a key first.
key-too-long = This key has { $length } characters; the limit is { $limit }.
key-characters = A key has only letters, digits and signs; this text has spaces or other characters.

## Failures

failure-not-charged = { $sentence } Not charged.
failure-again-free = { $what } Sending it again makes it a second time.
failure-again-charged = { $what } Sending it again could charge you twice.
failure-check-list = Check again, or look at the host's own list of tasks, before sending it again.
failure-dropped = The connection dropped before { $host } confirmed the task.

## Messages over the stage

toast-play = Play
toast-show = Show
toast-undo = Undo
show-in-folder = Show in folder
toast-cleared = Form cleared
toast-saved = Saved to { $folder }
toast-frame-exported = Frame exported
toast-frame-copied = Frame copied
toast-ready = Clip ready: { $name }
toast-failed = Task failed: { $reason }
toast-log-exported = Spend log exported
toast-prepared-cleared = Prepared pictures cleared
toast-bad-address = An image address starts with https:// or http://.
toast-last-is-first = Last frame is now the first frame
toast-frame-is = The frame is now the { frame-lower }
toast-downloading-again = Downloading the clip again
toast-taken-over = Settings taken over
toast-frame-gone = The { frame-lower } of this task is not on this computer any more; choose it again.
toast-frames-gone = The pictures of this task are not on this computer any more; choose them again.
toast-in-trash = The clip is in the trash.
toast-clip-back = The clip is here again.
toast-no-image = There is no image in this folder.
toast-found-clips =
    { $clips ->
        [one] One clip was found again by its name.
       *[other] { $clips } clips were found again by their names.
    }
toast-find-failed = Clips could not be looked for: { $error }
toast-followed-elsewhere = Another window follows this task; stop it there.
untitled-clip = Untitled clip

## Which rows are shown

filter-all = All
filter-running = Running
filter-done = Done
filter-failed = Failed

## What jobs say

job-frame-unreadable = The frame could not be read: { $error }
job-open-in-player = Open it in a player.
job-clip-moved = The clip is not at { $path } any more.
job-put-it-back = Put it back, or generate it again.
job-no-clip = This task has no clip.
job-clip-unsaved = The clip could not be saved to { $path }: { $error }.
job-log-unsaved = The spend log could not be saved to { $path }: { $error }.
choose-another-folder = Choose another folder.
job-drop-or-paste = Drop an image on the window or paste it.
job-add-key = Add an API key in Settings, or set NOVITA_API_KEY.
job-no-key = There is no API key for this host.
job-other-address = This task is at another address than the host's own, which gets no key unasked.
job-start-with-address = Start Inbetween with --base-url and that address.
job-row-no-address = The row has no address for its host.
job-rehearsal-failed = Rehearsal could not start: { $reason }
try-again = Try again.
job-no-host = There is no host named { $id }.
job-no-task-id = The row has no task id.
job-no-address = The host says that the clip is done, and gives no address for it; it is still asked.
job-leave-or-ask = Nothing is lost: leave it, or ask the host about the task.
job-address-refused = The host's address for the clip was refused; a fresh one is asked for.
job-host-keeps = Nothing is lost: the host keeps the clip for a while.
job-takes-long = This task takes more than 30 minutes; it is still asked after.
job-leave-or-stop = Nothing is lost: leave it, or stop watching and pick it up later.
job-clip-gone = The host does not have this clip any more.
job-look-for-copy = Look for a copy, or generate it again.
job-ended-before = The program ended before this was sent. Nothing was charged.
job-retry-sends = Retry sends it, which may be charged.
job-not-in-library = This task is not in the library any more.
job-pictures-cleared = The pictures of this task were cleared; reuse its settings and choose them again.
job-change-named = Reuse its settings and change what is named.
job-model-gone = The model { $id } is not on offer any more.
job-other-model = Reuse its settings with another model.
job-pictures-gone = Its pictures are gone.
job-task-gone = This task is gone.
job-free-again = Nothing is charged here; sending it again makes it a second time.
job-damaged-unknown = The library was damaged, so it is not known whether this was sent. It may have been charged.
job-look-at-hosts = Look at the host's own list of tasks before sending it again.

## What the balance tells of an unknown outcome

verdict-look = Look at { $host }'s own list of tasks before sending it again.
verdict-unknown-before = The balance is { $now }. It was not known before sending, so nothing follows from it.
verdict-higher = The balance is { $size } higher than before: money was added, so nothing follows.
verdict-same = The balance has not changed since. That is no proof; it may still be charged.
verdict-others = The balance is { $size } lower than before, and other tasks were sent since: whose charge it is cannot be told.
verdict-less = The balance is { $size } lower than before, which is less than the estimate of { $estimate }: it may have been charged.
verdict-much-more = The balance is { $size } lower than before, much more than the estimate of { $estimate }: something was charged, perhaps this task.
verdict-probably = The balance is { $size } lower than before: it was probably charged.
verdict-something = The balance is { $size } lower than before: something was charged, perhaps this task.

## The system's dialogs

dialog-clip-folder = Choose a folder for clips
dialog-choose-frame = Choose the { frame-lower }
dialog-none = This system has no file dialog. Drop an image on the window or paste it.
dialog-save-clip = Save clip
dialog-mp4 = MP4 video
dialog-export-frame = Export frame
dialog-png = PNG image
dialog-export-log = Export spend log
dialog-csv = CSV table
dialog-images = Images
dialog-all-files = All files
dialog-log-name = Inbetween spend log.csv

## The sample pairs

sample-lake = Lake, dawn to dusk
sample-lake-prompt = The sun climbs over the peaks and crosses the sky as mist lifts off the lake; light turns to dusk and the first stars come out. Camera static.
sample-balloon = Balloon over dunes
sample-balloon-prompt = The balloon lifts and drifts left as the sun sinks behind the dunes; shadows grow long over the sand. Camera static.
sample-storm = Storm clears
sample-storm-prompt = Rain eases and the cloud breaks over the headland; the beam fades as warm daylight reaches the cliff. Waves keep rolling in. Camera static.

## The clipboard, the desktop, the keychain

clipboard-no-image = The clipboard holds no image.
clipboard-unavailable = The clipboard is not available on this system.
clipboard-busy = The clipboard is in use by another program.
clipboard-copy-again = Copy an image or a file and paste again.
clipboard-drop = Drop the image on the window or choose it.
desktop-missing = The file is not there any more.
desktop-no-program = No program was found to open it.
desktop-trash = The file could not be moved to the trash: { $reason }.
desktop-address = This address cannot be opened.
notify-ready = Clip ready
notify-failed = Task failed
keychain-unavailable = The system keychain is not available.
keychain-locked = The system keychain is locked.
keychain-denied = Access to the system keychain was denied.
keychain-bad-entry = The key in the system keychain cannot be read; save it again.
keychain-ambiguous = The system keychain has more than one key for this host; remove one there.
keychain-failed = The system keychain failed.
keychain-unlock = Unlock it and try again.
keychain-allow = Allow access and try again.
key-variable-unusable = { $variable } holds no usable key: { $reason }
key-variable-set = Set { $variable } anew, or unset it.

## What a host answers

api-this-model = This model
api-the-host = The host
api-setup = The connection could not be set up: { $reason }.
api-unreadable = { $host } gave an answer that was not understood.
api-asked-again = It is asked again.
api-asked-after-pause = It is asked again after a pause.
api-nothing-sent = Nothing was sent and nothing is charged. Try again when there is a connection.
api-no-connection = No connection.
api-request = The request could not be built.
api-check-url = Check the base URL.
api-slow-down = { $host } asks to slow down.
api-sent-after-pause = It is sent after a pause.
api-unknown-no-answer = { $host } did not answer, so the task may exist.
api-unknown-error = { $host } answered with an error ({ $status }), so the task may exist.
api-unknown-redirect = { $host } pointed elsewhere ({ $status }), so the task may exist.
api-unknown-no-task = { $host }'s answer held no task, so the task may exist.
api-timed-out = { $host } does not answer.
api-broken = The connection to { $host } broke.
api-tried-again = It is tried again.
api-task-failed = { $host } could not make the clip.
api-task-failed-because = { $host } could not make the clip: { $reason }.
api-other-prompt = Try again, perhaps with another prompt.
api-key-refused = The key was not accepted.
api-check-key = Check the API key in Settings.
api-account = This account may not use { $model } at { $host }.
api-ask-host = Ask the host to allow it.
api-real-name = { $host } wants the account verified with a real name first.
api-verify-account = Verify the account at the host.
api-balance = Balance is too low.
api-add-funds = Add funds, then retry.
api-picture-too-heavy = { $host } refused { frame-or-picture }: the file is too large.
api-picture-format = { $host } refused { frame-or-picture }: its format is not accepted.
api-picture-too-large = { $host } refused { frame-or-picture }: it has too many pixels.
api-picture-size = { $host } refused { frame-or-picture }: its size is not accepted.
api-picture-moderation = { $host } refused { frame-or-picture }: it may contain sensitive content.
frame-or-picture =
    { $slot ->
        [first] the first frame
        [last] the last frame
       *[none] a picture
    }
api-smaller-file = Use a smaller file.
api-jpeg-or-png = Use JPEG or PNG.
api-scale-down = Scale it down.
api-other-picture = Use another picture.
api-prompt-moderation = { $host } refused the prompt: it may contain sensitive information.
api-change-prompt = Change the prompt.
api-task-gone = { $host } does not know this task any more.
api-ask-with-id = Ask the host about it, with the task's id.
api-server = { $host } has trouble (error { $status }).
api-refused-error = { $host } refused the request (error { $status }).
api-refused-because = { $host } refused the request: { $reason }.
api-change-settings = Change the settings it names.
api-not-served = { $model } is not served by { $host } (any more).
api-on-offer = On offer are: { $offered }.
api-change-url = Change --base-url or INBETWEEN_BASE_URL.
api-url-none = The base URL is not a web address.
api-url-plain = The base URL must begin with https://; http is for this computer alone.
api-frame-unreadable = The { frame-lower } could not be read: { $reason }.
api-frame-changed = The { frame-lower } changed while it was sent.
api-choose-again = Choose the picture again.

## Bringing a clip home

download-not-https = The clip could not be fetched: the clip's address is not https.
download-private = The clip could not be fetched: the clip's address is on a private network.
download-refused = The clip could not be fetched: its address was refused ({ $status }).
download-no-connection = The clip could not be fetched: no connection.
download-no-answer = The clip could not be fetched: no answer in time.
download-broke = The clip could not be fetched: the connection broke.
download-too-long = The clip could not be fetched: the answer was too long.
download-cut = The clip could not be fetched: the transfer broke off.
download-too-large = The clip could not be fetched: it is larger than 2 GB.
download-not-a-clip = The clip could not be fetched: what came is no video.
download-damaged = The clip could not be fetched: it is damaged.
download-disk-full = The clip could not be saved: the disk is full.
download-folder = The clip could not be saved: { $error }.
download-folder-gone = The clip could not be saved: { $path } is not there.
download-make-room = Make room or choose another folder.
download-fetched-again = It is fetched again.
download-new-address = It is asked for a new address.

## Pictures that cannot be read

only-images = Only JPEG, PNG, WebP, BMP, TIFF or GIF images
image-missing = This file is not there any more.
image-folder = This is a folder, not a picture.
image-special = This is not a regular file.
image-denied = This file may not be read: permission denied.
image-empty = This file is empty (0 bytes).
image-broken = This file could not be read as an image.
image-too-large = This image is { $size }; that is too large to open.
image-too-heavy = File is { $size }; that is too large to open.
image-changed = This file changed since it was chosen; choose it again.
image-not-smaller = This image could not be made smaller than { $size }.
image-unreadable = This file could not be read: { $reason }.
image-unsaved = The image could not be saved: { $reason }.
image-disk-full = the disk is full
image-address = Only http and https addresses can be fetched.
image-unreachable = The image could not be fetched: no connection to its address.
image-timeout = The image could not be fetched: its address did not answer in time.
image-status = The image could not be fetched: its address answered with status { $status }.
image-fetched-too-heavy = The image at this address is larger than { $size }.
image-free-space = Free some space and try again.
image-check-connection = Check the connection and try again.
image-choose-another = Choose another image.

## The library

library-no-home = This user has no home folder; name a data folder.
library-folder = { $path } cannot be used: { $error }.
library-database = The library's database failed: { $error }.
library-in-use = The library cannot be read by this version, and another window has it open: { $path }.
library-not-found = There is no task { $id } in the library.
library-owned = Another window follows this task.
library-step = A task that is { $from } cannot become { $to }.
library-no-task-id = A task that is { $status } needs the host's task id.
library-not-intent = A new task cannot start as { $status }.
library-not-settled = Only a task that is finished, or was not sent, can be removed.
library-check-folder = Check that the folder can be written.
library-untold = The library does not say what happened.
library-aside-damaged =
    { $tasks ->
        [0] The library was damaged; it was kept as “{ $name }” and a new one was started.
        [one] The library was damaged; it was kept as “{ $name }” and a new one was started with the one task that could be read.
       *[other] The library was damaged; it was kept as “{ $name }” and a new one was started with the { $tasks } tasks that could be read.
    }
library-aside-newer =
    { $tasks ->
        [0] The library comes from a newer version; it was kept as “{ $name }” and a new one was started.
        [one] The library comes from a newer version; it was kept as “{ $name }” and a new one was started with the one task that could be read.
       *[other] The library comes from a newer version; it was kept as “{ $name }” and a new one was started with the { $tasks } tasks that could be read.
    }
settings-unreadable = The settings could not be read ({ $error }); the defaults are used.
settings-broken = The settings file could not be read; the defaults are used, and the file will be kept aside.
settings-unknown = This version has no setting “{ $name }”; it is left in the file.
settings-misread = The setting “{ $name }” was not understood; its default is used.

## The command line

cli-mistyped = There is no file or command named { $name }.
cli-see-help = See inbetween --help.
cli-see-generate-help = See inbetween generate --help.
cli-nothing-sent = Nothing was sent.
cli-limit-unread = The limit of a day in the settings could not be read; set it again, or add --over-cap.
cli-output-is-input = The output is one of the pictures; name another file.
cli-no-sample = There is no sample named { $name }; choose one of { $offered }.
cli-no-model = There is no model named { $id }; choose one of { $offered }.
cli-no-host = There is no host named { $id } for this model; choose one of { $offered }.
cli-duration = Duration { $duration } is not a number of seconds.
cli-path = { $path }: { $error }.
cli-is-folder = { $path } is a folder; name a file.
cli-no-folder = The folder { $path } does not exist.
cli-not-copied = The clip is done, but could not be copied to { $path }: { $error }.
cli-copy-from = Copy it from { $path }; there is nothing to resume.
cli-inspect-failed = { $path }: { $error }
cli-clip-facts = { $size }, { $fps } fps, { $frames } frames, { $seconds } s, { $codec }
cli-ended = { $status }.
cli-ended-because = { $status }: { $sentence } { $advice }
cli-held-cap = Nothing was sent. Add --over-cap to make it anyway, or change the limit in Settings.
cli-held-waits = Nothing was sent. `inbetween resume` sends what waits; add --again to order it a second time.
cli-held-have = Nothing was sent. Add --again to make it again.
cli-it-is = { $hold } It is { $places }.
cli-task = task { $id }
cli-not-started = The program could not start: { $error }.
cli-no-display = There is no display for a window; use `inbetween generate` to make clips without one.
cli-no-answer = The window that is open does not answer: { $error }. Close it first.
cli-no-window = The window could not open: { $error }. Without one, use `inbetween generate`.

## Words of more than one place

cancel = Cancel
done = Done
close = Close
remove = Remove
reading = Reading…
generate = Generate
settings-title = Settings
shortcuts-title = Keyboard shortcuts
adjust-crop = Adjust crop
adjust-crop-more = Adjust crop…
choose-another-more = Choose another…
clips =
    { $count ->
        [one] 1 clip
       *[other] { $count } clips
    }
seconds-short = { $seconds } s
clear-form = Clear form

## Top bar

host-spoken = { $name }, { $detail }
host-name = Host
top-settings-tip = Settings ({ $keys })
top-shortcuts-tip = Keyboard shortcuts ({ $keys })
balance-free = No charges
balance-free-spoken = Balance, no charges
balance-add-key = Add key
balance-unknown = Balance unknown
balance-spoken =
    { $sign ->
        [minus] Balance, minus { $dollars } dollars { $cents }
       *[plus] Balance, { $dollars } dollars { $cents }
    }

## Compose

compose-title = Compose
recent-prompts = Recent prompts
well-remove = Remove { frame-lower }
well-adjust = Adjust crop of { frame-lower }
well-more = More ways to choose the { frame-lower }
well-more-tip = Recent, address, clips
well-required = Required
well-optional = Optional
well-drop = Drop or choose
well-paste = Paste or choose
well-formats = JPEG, PNG, WebP, BMP, TIFF, GIF
well-add-last = Add a last frame
well-clip-ends = Where the clip ends
well-unreadable = Not readable
well-address = Sent as an address
well-swap = Swap first and last frame
well-swap-tip = Swap frames
well-replace = Replace { frame-lower }
well-drop-first = Drop as first frame
well-starts-here = The clip starts here
well-drop-last = Drop as last frame
well-ends-here = The clip ends here
spoken-first = First frame, required
spoken-last = Last frame, optional
spoken-empty = empty
spoken-reading = reading { $name }
spoken-address = sent as the address { $url }
spoken-and = { $value }. { $warning }
spoken-ratio-to = {" "}to{" "}
spoken-facts = { $width } by { $height }, { $ratio }, { $megabytes } megabytes
spoken-generate-free = Generate, free
spoken-generate-unknown = Generate, price unknown
spoken-generate-cents = Generate, about { $cents } cents
spoken-generate-dollars = Generate, about { $dollars } dollars { $cents }
prompt-label = Prompt
prompt-placeholder = Describe what moves, how the camera behaves, and how the light changes.
prompt-counted = { $length } of { $max } characters
presets = Presets
preset-remove = Remove preset
preset-remove-named = Remove preset { $name }
prompts-none = Prompts you generate with appear here.
preset-keep-as = Keep this prompt as
preset-name = Name of the preset
preset-name-hint = Name
preset-keep = Keep
source-file = Choose a file…
source-fill-white = Fill transparency with white
source-fill-black = Fill transparency with black
source-address = Image address
source-fetch = Fetch and crop
source-send = Send the address
source-recent = Recent pictures
source-clips = Last frames of your clips
source-last-of = Last frame of { $name }
field-resolution = Resolution
field-ratio = Aspect ratio
field-ratio-short = Aspect
field-duration = Duration
field-seed = Seed
field-takes = Takes
field-auto = Auto
field-auto-ratio = Auto { $ratio }
field-auto-detail = as the first frame
field-random = Random
field-new-seed = New random seed
field-keep-seed = Keep this seed
field-camera-fixed = Camera fixed
field-camera-fixed-does = Holds the camera still
field-original = Send the original
field-original-does = Uncropped, as the file is
summary-output = { $size } · { $fps } fps · { $seconds } s
balance-too-low = Balance may be too low for this clip.
note-copying = Making a copy of the { frame-lower }…
fix-scale-down = Scale down
fix-smaller-copy = Make a smaller copy
fix-crop = Crop…
fix-crop-to = Crop to { $ratio }
fix-use = Use { $name }
fix-remove-last = Remove last frame
fix-fill-white = Fill with white

## Words for the camera

camera-add = Add to the prompt: { $sentence }
camera-push-in = Push in
camera-push-in-says = The camera slowly pushes in.
camera-pull-out = Pull out
camera-pull-out-says = The camera slowly pulls out.
camera-pan-left = Pan left
camera-pan-left-says = The camera pans left.
camera-pan-right = Pan right
camera-pan-right-says = The camera pans right.
camera-tilt-up = Tilt up
camera-tilt-up-says = The camera tilts up.
camera-tilt-down = Tilt down
camera-tilt-down-says = The camera tilts down.
camera-orbit = Orbit
camera-orbit-says = The camera orbits the subject.
camera-crane-up = Crane up
camera-crane-up-says = The camera cranes up.
camera-track = Track
camera-track-says = The camera tracks the subject.
camera-handheld = Handheld
camera-handheld-says = Handheld camera.
camera-static = Static
camera-static-says = Camera static.

## The large view of a crop

crop-title = Crop the { frame-lower }
crop-name = Crop of the { frame-lower }
crop-no-preview = No preview
crop-spoken = { $width } by { $height } pixels, { $x } from the left, { $y } from the top
crop-becomes = { $crop } of { $size } ({ $ratio }) becomes { $output }
crop-becomes-soft = { $crop } of { $size } ({ $ratio }) becomes { $output }; it may look soft.
crop-use = Use this crop
crop-centre = Centre

## Many first frames

batch-title = { $count } first frames, same settings
batch-caption =
    { $last ->
        [yes] Each picture becomes a clip with the form's prompt and settings, and the form's last frame, cropped around its centre.
       *[no] Each picture becomes a clip with the form's prompt and settings, cropped around its centre.
    }
batch-left-out = { $count } more are left out: a batch takes { $most }.
batch-trouble = Left out: { $reason }
batch-take-out = Take out
batch-take-out-named = Take out { $name }
batch-reading = Reading the pictures…
batch-about = { clips }, about { $amount }
batch-free = { clips }, free
batch-price-unknown = { clips }, price unknown
batch-generate = Generate { clips }

## Files over the window

drag-hint = Drop anywhere else to fill the empty well. Two images at once fill both, in order.
drag-many = Drop to make one clip of each of these { $count } images, with the same settings.

## Questions

ask-generate-anyway = Generate anyway
ask-show-it = Show it
ask-make-again = Make it again
ask-stop-watching = Stop watching this task? It may still be charged; you can pick it up again.
ask-keep-watching = Keep watching
ask-stop = Stop watching
ask-send-again = Send again? You may be charged for both.
ask-send = Send again
ask-remove = Remove from the list? The saved file stays.
ask-trash = Move the clip to the trash? The task stays in the list.
ask-trash-yes = Move to trash
ask-close = Still sending. Closing now may lose track of a paid task.
ask-wait = Wait
ask-close-anyway = Close anyway

## The spend log

log-title = Spend log
log-empty = Nothing spent yet. Clips made by a host that charges are listed here.
log-estimates = Amounts are estimates.
log-export = Export CSV…
log-today = Today
log-yesterday = Yesterday
weekday-name =
    { $weekday ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[7] Sunday
    }
month-name =
    { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }
log-day = { weekday-name } { $day } { month-name }
log-day-of-year = { $day } { month-name } { $year }
log-price-unknown = price unknown
log-day-spoken = { $day }, { $total }
log-entry-spoken = { $time }, { $prompt }, { $host }, { $amount }
log-entry-charge-spoken = { $time }, { $prompt }, { $host }, { $amount }, { $charge }

## The language

language-name = Language
language-system = System

## Where a task stands

status-not-sent = Not sent
status-uploading = Uploading
status-unknown = Unknown — may have been charged
status-queued = Queued
status-rendering-percent = Rendering { $percent }%
status-rendering = Rendering
status-downloading = Downloading
status-done = Done
status-failed = Failed
status-stopped = Not watched

## What can be asked by a key or a menu

action-choose-first = Choose first frame
action-choose-last = Choose last frame
action-paste = Paste image into the next empty well
action-swap = Swap frames
action-search = Search tasks
action-next = Next task
action-previous = Previous task
action-remove = Remove the selected task
action-close-top = Close sheet, panel or search
action-play-pause = Play or pause
action-first-of-clip = First frame of the clip
action-last-of-clip = Last frame of the clip
action-backward = Play backwards; again for 2× and 4×
action-forward = Play forwards; again for 2× and 4×
action-in-point = In point at this frame
action-out-point = Out point at this frame
action-clear-points = Clear in and out points
action-zoom = Zoom to pixels, or fit
action-as-first = Use this frame as first
action-as-last = Use this frame as last
action-copy-frame = Copy frame
action-diagnostics = Diagnostics of the player

## What helps a task

retry = Retry
edit-prompt = Edit prompt
reuse-settings = Reuse settings
check-again = Check again
send-again-more = Send again…
pick-up-again = Pick up again
ask-the-host-again = Ask again
open-settings = Open settings
add-funds = Add funds
choose-folder-more = Choose folder…
save-as = Save as…
open-in-player = Open in player
download-again = Download again
trash-more = Move clip to trash…
remove-more = Remove from the list…
more-actions = More actions
export-frame = Export frame
compare = Compare

## The task panel

tasks-title = Tasks
tasks-running = { $count } running
tasks-search = Search prompts
tasks-filter = Filter tasks
tasks-count-spoken = { $label }, { $count }
tasks-none = No tasks yet
tasks-none-yet = Clips you generate appear here with their progress, cost and result.
tasks-no-match = Nothing matches “{ $search }”.
tasks-none-running = Nothing running.
tasks-none-failed = Nothing failed.
tasks-no-clips = No clips yet.
tasks-clear-search = Clear search
tasks-row-spoken = { $prompt }, { $status }, { $time }
tasks-hide = Hide tasks
tasks-show = Show tasks
tile-unknown = Unknown
tile-saving = Saving
tile-render = Render
tile-upload = Upload
ago-now = just now
ago-minutes = { $count } min ago
ago-hours = { $count } h ago
ago-yesterday = Yesterday
ago-days = { $count } days ago

## The empty stage

empty-start = Start with a first frame
empty-drop = Drop an image anywhere in this window. Add a last frame too, and the clip will travel from one to the other.
empty-paste = Paste an image or choose one. Add a last frame too, and the clip will travel from one to the other.
empty-choose = Choose image…
empty-paste-button = Paste
empty-samples = Or try a sample pair
empty-rehearsal = Rehearsal makes a simple preview on this computer, at no cost. Switch to Novita for the real clip.

## Before generating

preview-title = Preview
preview-before = Before generating
preview-split = Split
preview-overlay = Overlay
preview-flip = Flip
preview-mode = Preview mode
preview-stop = Stop the preview
preview-play = Play the in-between
preview-fade = A fade between your two pictures. The real clip moves what is in them.
preview-move = A slow move over your picture. The real clip moves what is in it.
preview-to-fill = { $frames } frames to fill in
preview-press = Press Generate and the strip fills as the clip arrives.
preview-output = Output is { $ratio } at { $size }
preview-split-position = Split position
preview-overlay-strength = Overlay strength
preview-other-frame = Show the other frame
preview-in-between = In-between preview
preview-address = The host fetches { $url }. There is nothing to see of it here.
preview-none = There is no preview of this picture.
preview-cropped = { frame-title }, cropped
loss-add-first = Add a first frame to say where the clip starts.
loss-add-last = Add a last frame to say where the clip ends.
loss-both = Both frames lose { $cut }.
loss-frame = The { frame-lower } loses { $cut }.
loss-none = Both frames are used whole.
loss-top = { $cut } at the top
loss-bottom = { $cut } at the bottom
loss-left = { $cut } on the left
loss-right = { $cut } on the right
loss-top-and-bottom = { $cut } at the top and at the bottom
loss-left-and-right = { $cut } on the left and on the right

## On its way

step-upload = Upload
step-queue = Queue
step-render = Render
step-download = Download
step-save = Save
step-done = { $step }, done
step-now = { $step }, under way
step-to-come = { $step }, to come
running-waiting = Waiting to be sent
running-so-far = { $elapsed } so far. You can close the window; the task is picked up again when you come back.
running-sending = { $elapsed } so far. Keep the window open until it is sent.
stop-watching-more = Stop watching…
trouble-unknown = It may have been charged
trouble-refused = Refused
trouble-stopped = It may still be charged.
trouble-pick-up = Pick it up again to get its clip.

## Facts about a clip

fact-fps = { $fps } fps
fact-not-measured = Not measured
fact-found-again = Found again
fact-frames = { $count } frames
fact-seed = Seed { $seed }
fact-asked = Asked for { $asked }
fact-asked-spoken = { $fact }, asked for { $asked }
fact-more = +{ $count }
fact-no-prompt = No prompt

## A clip

clip-last-as-first = Use last frame as first
clip-last-as-first-short = Use last as first
clip-last-as-last = Use last frame as last
clip-position = Position
clip-in = In point
clip-out = Out point
clip-frame-of = frame { $frame } of { $frames }
clip-time-spoken = { $seconds } seconds, frame { $frame } of { $frames }
clip-frame-counter = frame { $frame } / { $frames }
clip-picture-spoken = Clip, frame { $frame } of { $frames }
clip-with-ffmpeg = { $error }. With ffmpeg installed it plays here too
clip-play = Play
clip-pause = Pause
clip-back = Back one frame
clip-forward = Forward one frame
clip-full = Full screen
clip-leave-full = Leave full screen
clip-zoom = Zoom
clip-fit = Fit
clip-speed = Speed
clip-loop = Loop
clip-stands-in = Frame { $frame } is damaged; frame { $other } is shown
clip-decoding = Decoding frame { $frame }…
clip-backwards = Backwards
clip-backwards-fast = Backwards, { $speed }×
clip-unplayable = This clip could not be played.
clip-because = { $reason }.
diagnostics = Diagnostics: { $lines }

## One clip beside another

compare-split = Split
compare-sides = Side by side
compare-difference = Difference
compare-seam = Seam
compare-mode = Compare mode
compare-joined-to = Joined to
compare-with = Compare with
compare-position = Compare position
compare-difference-to = Difference to { $what }, { $gain } times as strong
compare-first = the first frame
compare-last = the last frame
compare-decoding = Decoding the join…
compare-end = End, frame { $frame } of { $frames }
compare-start = Start, frame { $frame } of { $frames }
compare-other-start = The other clip's start, frame { $frame } of { $frames }
compare-this = This clip
compare-missing = { $label }: nothing to show
compare-nothing = Nothing
compare-own-start = Its own start
compare-another-take = Another take
compare-take = Take, seed { $seed }

## Settings

settings-saved = Changes are saved as you make them.
settings-api-key = API key
settings-spending = Spending
settings-library = Library
settings-notifications = Notifications
settings-appearance = Appearance
settings-change = Change…
settings-clips = { clips }, { $size }. Finished clips are saved here as soon as they arrive.
settings-prepared-what = Pictures as they are sent; kept for Reuse and Retry.
settings-prepared-needed = All of it is needed by unfinished tasks or the form.
settings-prepared-some = Those of unfinished tasks and of the form stay.
settings-prepared-free = Clearing them leaves the clips and the small pictures in the list.
settings-prepared = Prepared pictures: { $size }
settings-clear = Clear
settings-notify-ready = When a clip is ready
settings-notify-ready-detail = Only while the window is in the background
settings-notify-failed = When a task fails
settings-sound = Play a sound
settings-theme = Theme
settings-dark = Dark
settings-light = Light
settings-motion = Motion
settings-motion-full = Full
settings-motion-reduced = Reduced
settings-contrast = Increase contrast
settings-rehearsal = This computer, free. A simple preview to check timing and crop.
settings-novita = Seedance in the cloud. Charged to your Novita balance.
key-kept = Kept in the system keychain. Never written to a file or a log.
key-kept-this-run = The system keychain is not available, so the key is kept until you quit.
key-from-variable = Taken from NOVITA_API_KEY, which wins over the keychain while it is set.
key-not-needed = Rehearsal needs no key. Choose Novita to enter one.
key-paste = Paste your key
key-save = Save
key-verify = Verify
key-checking = Checking…
key-verified =
    { $minutes ->
        [0] Verified just now.
        [one] Verified 1 minute ago.
       *[other] Verified { $minutes } minutes ago.
    }
key-balance = Balance { $balance }.
key-get = Get a key
cap-caption = Sums are estimates. Leave the limit empty to be never asked.
cap-no-amount = Type an amount like 5.00, or leave it empty.
cap-log = Spend log…
cap-ask-above = Ask above
cap-a-day = a day
cap-name = Ask above this many dollars a day
cap-none = No limit
cap-sums = Today { $today } · this month { $month }
spent-about = about { $amount }
spent-at-least = at least { $amount }

## Parts of the window

stepper-decrease = Decrease { $name }
stepper-increase = Increase { $name }

## On the command line, later

cli-followed-elsewhere = Task { $id } is followed by another Inbetween on this computer.

## Clips that cannot be played

video-read = The clip { $path } could not be read: { $reason }
video-empty = The clip is an empty file
video-not-mp4 = The file is not an mp4 clip
video-incomplete = The clip is incomplete: its index is missing
video-no-video = The file holds no video
video-codec = The clip is coded as { $codec }, which cannot be played here
video-unsupported = The clip uses a kind of H.264 that cannot be played here ({ $kind })
video-kind-size-changes = its picture size changes
video-kind-full-chroma = 4:4:4 chroma
video-kind-bit-depth = a bit depth other than 8 or 10
video-kind-lossless = lossless coding
video-kind-unknown = an unknown coding tool
video-kind-tall-chroma-turned = 4:2:2 chroma on its side
video-damaged = The clip is damaged: { $reason }
video-damage-picture-too-large = one of its pictures is too large
video-damage-picture-unreadable = one of its pictures cannot be read
video-damage-index-too-large = its index is too large
video-damage-no-picture = it holds no picture
video-damage-index-unreadable = its index cannot be read
video-damage-track-unreadable = its picture track cannot be read
video-damage-list-unreadable = its list of pictures cannot be read
video-damage-picture-undecodable = a picture cannot be decoded
video-damage-other-size = a picture has another size than its headers say
video-damage-nothing-decodable = none of its pictures can be decoded
video-damage-contradiction = its headers contradict each other
video-damage-no-coding = it does not say how its pictures are coded
video-damage-no-size = its picture has no size
video-too-large = The picture is too large to play here ({ $width } × { $height } pixels)
video-too-long = The clip is too long to play here
video-no-frame = The clip has no frame { $frame }
video-not-kept = Frames of the clip could not be kept: { $reason }

## Figures of the player

figure-own-decoder = own decoder
figure-coded = { $codec } by { $engine }, { $size } at { $rate }
figure-decoded = decoded { $decoded } of { $frames }, lost { $lost }
figure-late = late { $late }, shown { $shown } in the last second
figure-read = read and converted in { $millis } ms
cli-clip-through-ffmpeg = { $facts }, through ffmpeg

## The command palette, the parts of the window, and what came with them

palette-name = Command palette
palette-search = Search commands
palette-commands = Commands
action-next-region = Next part of the window
action-previous-region = Previous part of the window
action-reuse = Reuse settings of the selected task
action-show-clip = Show clip in folder
action-open-clip = Open clip in player
action-quit = Quit
action-mute = Mute or unmute
window-running = Inbetween — { $count } running
scroll-sheet = Scroll the sheet
scroll-log = Scroll the spend log
scroll-form = Scroll the form
scroll-prompt = Scroll the prompt
scroll-prompts = Scroll the prompts
scroll-tasks = Scroll the tasks
batch-row-spoken = { $name }, { $fact }
settings-diagnostics = Diagnostics
diagnostics-copy = Copy
diagnostics-no-secret = Nothing secret is in it: no key, no prompt, no address.
toast-diagnostics-copied = Diagnostics copied
settings-contrast-asked = On in any case: the desktop asks for it
names-label = File names
names-example = Example: { $name }
names-offered = { $names }. The id always comes last.
names-unknown = There is no { $name }; there are { $list }.
names-open = A brace is not closed.
names-id-last = { $id } comes last: by it clips of a lost library are found again.
names-character = A file name cannot hold “{ $character }”.
names-too-long = This is too long for a file name.
take-numbered = Take { $number }
take-switch = Take
volume-mute = Mute
volume-unmute = Unmute
volume-name = Volume
sound-no-device = No sound device could be opened
sound-lost = The sound device went away
sound-no-thread = Sound could not be started
sound-unknown = The sound of this clip is coded in a way that is not known here
sound-silent-build = This build plays no sound
video-container = The clip is a file in { $container }, which cannot be read here
host-detail = — { $detail }
scroll-window = Scroll the window
well-none = This model has none
drag-image = { $format } image
