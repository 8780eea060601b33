//! Settings: the host, its key, folders and looks.

use super::{money, save};
use crate::domain::settings::ClipSound;
use crate::state::{Balance, Effect, KeyCheck, KeyState, SettingsCommand, State};

pub(super) fn set_host(state: &mut State, host: String) -> Vec<Effect> {
    if state.catalogue.host(&host).is_none() || state.settings.host == host {
        return Vec::new();
    }
    state.settings.host.clone_from(&host);
    state.key = KeyState::Unknown;
    state.balance = Balance::Unknown;
    vec![save(state), Effect::LoadKey { host }]
}

pub(super) fn command(state: &mut State, change: SettingsCommand) -> Vec<Effect> {
    let host = state.host().id.clone();
    let settings = &mut state.settings;
    match change {
        SettingsCommand::SaveKey(key) => return vec![Effect::SaveKey { host, key }],
        SettingsCommand::RemoveKey => return vec![Effect::RemoveKey { host }],
        SettingsCommand::VerifyKey => {
            if let KeyState::Present { check, .. } = &mut state.key {
                *check = KeyCheck::Checking;
            }
            return vec![Effect::VerifyKey { host }];
        }
        SettingsCommand::ChangeLibraryFolder => return vec![Effect::PickLibraryFolder { resume: None }],
        SettingsCommand::OpenLibraryFolder => return vec![Effect::OpenLibraryFolder],
        SettingsCommand::ShowSpendLog => return money::show_log(state),
        SettingsCommand::ExportSpendLog => return vec![Effect::ExportSpendLog],
        SettingsCommand::ClearPrepared => return vec![Effect::ClearPrepared],
        SettingsCommand::SetFileNames(names) => settings.file_names = names,
        SettingsCommand::SetDailyCap(cap) => settings.daily_cap = cap,
        SettingsCommand::SetNotifyReady(on) => settings.notifications.ready = on,
        SettingsCommand::SetNotifyFailed(on) => settings.notifications.failed = on,
        SettingsCommand::SetSound(on) => settings.notifications.sound = on,
        SettingsCommand::SetLanguage(language) => {
            settings.language = language;
            return vec![Effect::Speak { language }, save(state)];
        }
        SettingsCommand::SetTheme(theme) => settings.theme = theme,
        SettingsCommand::SetMotion(motion) => settings.motion = motion,
        SettingsCommand::SetContrast(on) => settings.increase_contrast = on,
        SettingsCommand::SetMuted(on) => settings.clip_sound.muted = on,
        SettingsCommand::SetVolume(percent) => {
            settings.clip_sound = ClipSound { muted: false, volume: percent.min(100) };
        }
    }
    vec![save(state)]
}
