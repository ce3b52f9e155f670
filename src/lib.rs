//! Ticketbooth: a local emulator of the embed-ticket APIs of Alibaba Quick BI and Tencent Cloud BI.

pub mod call;
pub mod domain;
pub mod reply;
pub mod vendor;
