//! Signing mistakes of clients of this vendor, one file a recipe.

mod tc3;
mod v1;

use crate::call::RawRequest;
use crate::cloud::mistakes::{Mistake, with_hosts};

pub static MISTAKES: &[&[Mistake]] = &[tc3::ROWS, v1::ROWS];

/// The request with each of the vendor's own hosts.
fn public_hosts(raw: &RawRequest) -> Vec<RawRequest> {
    let names = [
        "bi.tencentcloudapi.com",
        "bi.intl.tencentcloudapi.com",
        "bi.internal.tencentcloudapi.com",
        "bi.ap-guangzhou.tencentcloudapi.com",
        "bi.ap-shanghai.tencentcloudapi.com",
        "bi.ap-beijing.tencentcloudapi.com",
        "bi.ap-singapore.tencentcloudapi.com",
        "tencentcloudapi.com",
    ];
    with_hosts(raw, &names.map(str::to_owned))
}
