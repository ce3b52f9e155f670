#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| ticketbooth_fuzz::run_target("admin_api", data));
