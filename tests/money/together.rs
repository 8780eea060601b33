//! Two windows that order the same at the same moment.

use std::sync::{Arc, Barrier};
use std::task::Waker;

use image::{Rgb, RgbImage};
use inbetween::domain::draft::{Draft, FrameChoice, Order};
use inbetween::domain::frame::FrameSlot;
use inbetween::domain::model::Catalogue;
use inbetween::domain::price::Cents;
use inbetween::domain::spend::Consent;
use inbetween::jobs::generation::{self, Placed};
use inbetween::jobs::{Outbox, World};
use inbetween::services::images;
use inbetween::services::keychain::Keychain;
use inbetween::services::picker::{Picker, Script};
use inbetween::state::money::Wish;

const ROUNDS: usize = 12;

fn order(folder: &std::path::Path, seed: usize) -> Order {
    let model = Catalogue::built_in().default_model();
    let path = folder.join("first.png");
    RgbImage::from_pixel(864, 480, Rgb([10, 20, 30])).save(&path).unwrap();
    let mut draft = Draft::new(model);
    "480p".clone_into(&mut draft.settings.resolution);
    draft.seed.text = seed.to_string();
    draft.seed.locked = true;
    *draft.frame_mut(FrameSlot::First) = FrameChoice::Ready(images::read(&path, 16).unwrap().0);
    draft.check(model).unwrap()
}

#[test]
fn of_two_equal_orders_at_once_one_is_stored() {
    let folder = tempfile::tempdir().unwrap();
    let start = Arc::new(Barrier::new(2));
    let orders: Vec<_> = (0..ROUNDS).map(|seed| order(folder.path(), seed)).collect();
    // Each has a connection and a purse of its own, as two processes do.
    let windows: Vec<_> = (0..2)
        .map(|_| {
            let (data, start, orders) = (folder.path().join("library"), Arc::clone(&start), orders.clone());
            std::thread::spawn(move || {
                let picker = Picker::Scripted(Script::default());
                let (world, _) = World::open(Some(data), None, Keychain::memory(), picker).unwrap();
                let (world, runtime) = (Arc::new(world), tokio::runtime::Runtime::new().unwrap());
                let (out, _inbox) = Outbox::new(Waker::noop().clone());
                let place = |order: Order| {
                    start.wait();
                    let wish = Wish::Order { order: Box::new(order), host: "novita".to_owned(), each: Some(Cents(12)) };
                    let placed = runtime.block_on(generation::place(&world, &wish, Consent::default(), &out)).unwrap();
                    matches!(placed, Placed::Stored(_))
                };
                orders.into_iter().map(place).collect::<Vec<bool>>()
            })
        })
        .collect();
    let stored: Vec<_> = windows.into_iter().map(|window| window.join().unwrap()).collect();
    for (round, (one, other)) in stored[0].iter().zip(&stored[1]).enumerate() {
        assert!(one ^ other, "round {round}: {one} and {other}");
    }
}
