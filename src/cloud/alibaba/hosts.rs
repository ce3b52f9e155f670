//! Hosts of Alibaba Quick BI, and those that its clients ask beside them.

use crate::cloud::host::{HostRole, HostRow};

/// Regions of the product, and those that clients are configured with.
const REGIONS: &[&str] = &[
    "ap-northeast-1",
    "ap-southeast-1",
    "ap-southeast-3",
    "ap-southeast-5",
    "cn-beijing",
    "cn-chengdu",
    "cn-guangzhou",
    "cn-hangzhou",
    "cn-hongkong",
    "cn-qingdao",
    "cn-shanghai",
    "cn-shenzhen",
    "cn-zhangjiakou",
    "eu-central-1",
    "eu-west-1",
    "me-east-1",
    "us-east-1",
    "us-west-1",
];

/// The advice in the place of temporary keys.
const FIXED_KEY: HostRole = HostRole::Refuse(
    "give the client a fixed key: ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, as `ticketbooth env` \
     prints them",
);

const RULE: &str = "the official SDKs put product, network and region together so (`regional` rule)";

pub(super) static HOSTS: &[HostRow] = &[
    HostRow { name: "quickbi-public.aliyuncs.com", regions: &[], role: HostRole::Serve, source: RULE },
    HostRow { name: "quickbi-public.{region}.aliyuncs.com", regions: REGIONS, role: HostRole::Serve, source: RULE },
    HostRow { name: "quickbi-public-vpc.{region}.aliyuncs.com", regions: REGIONS, role: HostRole::Serve, source: RULE },
    HostRow {
        name: "location-readonly.aliyuncs.com",
        regions: &[],
        role: HostRole::Locate,
        source: "the classic SDKs ask it for the endpoint of a product and region",
    },
    HostRow {
        name: "location.aliyuncs.com",
        regions: &[],
        role: HostRole::Locate,
        source: "older versions of the classic SDKs ask it the same",
    },
    HostRow {
        name: "sts.aliyuncs.com",
        regions: &[],
        role: FIXED_KEY,
        source: "the credentials of the official SDKs ask it for temporary keys",
    },
    HostRow {
        name: "sts.{region}.aliyuncs.com",
        regions: REGIONS,
        role: FIXED_KEY,
        source: "the same, where the client has a region for it",
    },
];
