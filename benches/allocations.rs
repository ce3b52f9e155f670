//! The allocations of one call without a socket, stage by stage: `cargo bench --bench allocations`.
//!
//! Apart from the times, because counting takes some.

mod kit;

use std::alloc::System;
use std::hint::black_box;

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use ticketbooth::gateway::Incoming;
use ticketbooth::web;

use kit::{admitted, callers, emulator, link, served};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Allocations of one such step, on average over many.
fn counted<I>(name: &str, mut input: impl FnMut() -> I, mut step: impl FnMut(&I)) {
    const TIMES: usize = 2_000;
    let inputs: Vec<I> = (0..2 * TIMES).map(|_| input()).collect();
    let (first, rest) = inputs.split_at(TIMES);
    first.iter().for_each(&mut step);
    let region = Region::new(ALLOCATOR);
    rest.iter().for_each(&mut step);
    let spent = region.change();
    let each = |number: usize| number as f64 / TIMES as f64;
    println!(
        "{name:<14} {:>6.1} allocations {:>6.1} reallocations {:>8.0} bytes",
        each(spent.allocations),
        each(spent.reallocations),
        each(spent.bytes_allocated)
    );
}

fn main() {
    for caller in callers() {
        let (booth, name, vendor) = (emulator(), caller.name, caller.vendor);
        let next = || caller.next();
        counted(&format!("{name}/read"), next, |raw| drop(black_box(Incoming::read_request(&booth, vendor, raw))));
        counted(&format!("{name}/admit"), next, |raw| admitted(&booth, vendor, raw));
        counted(&format!("{name}/serve"), next, |raw| drop(black_box(served(&booth, raw))));
    }
    let (booth, callers) = (emulator(), callers());
    counted("visit/page", || link(&booth, &callers[2]), |raw| drop(black_box(web::serve_page(&booth, raw))));
}
