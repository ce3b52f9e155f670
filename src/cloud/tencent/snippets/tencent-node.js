// npm install tencentcloud-sdk-nodejs
const { Client } = require("tencentcloud-sdk-nodejs/tencentcloud/services/bi").bi.v20220105;

const client = new Client({
  credential: { secretId: "AKIDlocaltest0000000000000000000000", secretKey: "localtestsecret00000000000000000" },
  region: "",
  profile: { httpProfile: { endpoint: "127.0.0.1:4240", protocol: "http://" } },
});

client.CreateEmbedToken({ ProjectId: 117, PageId: 11520, Scope: "page", ExpireTime: "240" }).then(
  ({ Data }) => {
    const link = "http://127.0.0.1:4240/page/embed?authType=strong&projectId=117&pageId=11520&scope=page";
    console.log(`${link}&token=${Data.BIToken}`);
  },
  (error) => {
    console.error(error.code, error.message);
    process.exitCode = 1;
  },
);
