//! Hosts of Tencent Cloud BI, and those that its clients ask beside them.

use crate::cloud::host::{HostRole, HostRow};

/// The vendor's list of regions in its guide to the API.
const REGIONS: &[&str] = &[
    "ap-bangkok",
    "ap-beijing",
    "ap-chengdu",
    "ap-chongqing",
    "ap-guangzhou",
    "ap-hongkong",
    "ap-jakarta",
    "ap-mumbai",
    "ap-nanjing",
    "ap-seoul",
    "ap-shanghai",
    "ap-shanghai-fsi",
    "ap-shenzhen-fsi",
    "ap-singapore",
    "ap-tokyo",
    "eu-frankfurt",
    "na-ashburn",
    "na-siliconvalley",
    "na-toronto",
    "sa-saopaulo",
    // Not regions, but at their place.
    "intl",
    "internal",
];

pub(super) static HOSTS: &[HostRow] = &[
    HostRow {
        name: "bi.tencentcloudapi.com",
        regions: &[],
        role: HostRole::Serve,
        source: "the endpoint in every official SDK",
    },
    HostRow {
        name: "bi.{region}.tencentcloudapi.com",
        regions: REGIONS,
        role: HostRole::Serve,
        source: "API guide, request structure: an endpoint for each region; the SDK for the international site has `intl`",
    },
    HostRow {
        name: "sts.tencentcloudapi.com",
        regions: &[],
        role: HostRole::Refuse(
            "give the client a fixed key: TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, as `ticketbooth env` prints them",
        ),
        source: "the official SDKs for roles ask it for temporary keys",
    },
];
