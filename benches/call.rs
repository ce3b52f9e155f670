//! The time of one call without a socket, stage by stage: `cargo bench --bench call`.
//!
//! The stages of a call hold one another: `read` is a part of `admit`, and both are parts of `serve`.

mod kit;

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use ticketbooth::gateway::Incoming;
use ticketbooth::web;

use kit::{admitted, callers, emulator, link, served};

fn stages(criterion: &mut Criterion) {
    for caller in callers() {
        let (booth, vendor) = (emulator(), caller.vendor);
        let next = || caller.next();
        let mut group = criterion.benchmark_group(caller.name);
        let size = BatchSize::SmallInput;
        group.bench_function("read", |bench| {
            bench.iter_batched_ref(next, |raw| drop(black_box(Incoming::read_request(&booth, vendor, raw))), size);
        });
        group.bench_function("admit", |bench| {
            bench.iter_batched_ref(next, |raw| admitted(&booth, vendor, raw), size);
        });
        group.bench_function("serve", |bench| {
            bench.iter_batched_ref(next, |raw| served(&booth, raw), size);
        });
    }
    let (booth, callers) = (emulator(), callers());
    let next = || link(&booth, &callers[2]);
    criterion.bench_function("visit/page", |bench| {
        bench.iter_batched_ref(next, |raw| web::serve_page(&booth, &*raw), BatchSize::SmallInput);
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().without_plots();
    targets = stages
}
criterion_main!(benches);
