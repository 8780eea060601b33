//! Whether an order needs somebody's word before it is placed: it was bought before, or brings the day over its limit.
//!
//! Hosts that charge nothing are never asked about. The check sees everything stored before; the caller has the
//! turn that keeps two orders at once from both being weighed against the same sum, in this process and among all.

use std::sync::Arc;

use super::now;
use crate::domain::failure::Failure;
use crate::domain::generation::{Generation, HostRef};
use crate::domain::price::Cents;
use crate::domain::request::GenerationRequest;
use crate::domain::spend::{AlreadyHave, Consent, Found, Hold, OverCap, Standing};
use crate::jobs::hosts::catalogue_host;
use crate::jobs::{World, local_day};

/// What is weighed.
pub(super) struct Basket<'a> {
    pub requests: &'a [GenerationRequest],
    pub host: &'a HostRef,
    /// The estimate of one take.
    pub each: Option<Cents>,
    pub content_sha256: [u8; 32],
}

/// Why the order is held, if so. What was bought before comes first: it may be there for nothing.
pub(super) async fn weigh(world: &Arc<World>, basket: &Basket<'_>, consent: Consent) -> Result<Option<Hold>, Failure> {
    if catalogue_host(&basket.host.host).is_ok_and(|host| host.free) {
        return Ok(None);
    }
    if !consent.again
        && let Some(have) = already_have(world, basket).await?
    {
        return Ok(Some(Hold::AlreadyHave(have)));
    }
    let Some(cap) = world.purse.cap().filter(|_| !consent.over_cap) else { return Ok(None) };
    let start = local_day(now()).start;
    let before = world.library(move |library| library.committed_since(start)).await?;
    Ok(OverCap::judge(before, basket.each, basket.requests.len(), Some(cap)).map(Hold::OverCap))
}

/// Earlier tasks that equal takes of this order, the newest for each take.
async fn already_have(world: &Arc<World>, basket: &Basket<'_>) -> Result<Option<AlreadyHave>, Failure> {
    let (host, content) = (basket.host.clone(), basket.content_sha256);
    let same = world
        .library(move |library| {
            let rows = library.same_content(&host, &content)?;
            // Whether a file is there is asked where it may block.
            let with_file = |row: Generation| (row.clip.as_ref().is_some_and(|clip| clip.is_file()), row);
            Ok(rows.into_iter().map(with_file).collect::<Vec<_>>())
        })
        .await?;
    let find = |(index, request): (usize, &GenerationRequest)| {
        same.iter().find_map(|(is_there, row)| {
            let standing = Standing::of(row, *is_there, request.settings().seed)?;
            Some(Found { take: index + 1, id: row.id.clone(), standing, clip: row.clip.clone() })
        })
    };
    let found: Vec<_> = basket.requests.iter().enumerate().filter_map(find).collect();
    Ok((!found.is_empty()).then_some(AlreadyHave { found, takes: basket.requests.len() }))
}
