// The faces of embed pages: each type of work, each refusal, in frames of another origin.
"use strict";

const assert = require("node:assert/strict");
const { after, before, test } = require("node:test");
const { randomUUID } = require("node:crypto");
const {
  CHAT, WORKS, chatLink, complaintsOfAxe, dashboardLink, launch, openFramed, pageLink, parentPage, sandbox, shoot, shown, url,
} = require("./booth.js");

let browser;
let parent;
before(async () => {
  [browser, parent] = await Promise.all([launch(), parentPage()]);
});
after(async () => {
  await browser.close();
  parent.close();
});

const foreign = [];
const complaints = [];

/** A page whose every request is looked at: nothing may go anywhere but to the emulator and the parent. */
async function fresh(options = {}) {
  complaints.length = 0;
  const context = await browser.newContext({ locale: "en-US", viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.on("request", (request) => {
    const asked = request.url();
    if (![url, parent.origin, "data:", "blob:"].some((known) => asked.startsWith(known))) foreign.push(asked);
    if (asked.startsWith(parent.origin) && asked.endsWith("/favicon.ico")) return;
    const { referer = "" } = request.headers();
    if (/accessTicket|token=/i.test(referer) && asked.startsWith(url)) foreign.push(`the referrer of ${asked}: ${referer}`);
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.location().url.endsWith("/favicon.ico")) complaints.push(message.text());
  });
  return page;
}

async function finish(page) {
  await page.context().close();
  assert.deepEqual(complaints, []);
  assert.deepEqual(foreign, []);
}

for (const [kind, link] of Object.entries(WORKS)) {
  for (const scheme of ["light", "dark"]) {
    test(`${kind}, ${scheme}: it opens in a frame of another origin, and axe has nothing against it`, async () => {
      const booth = await sandbox();
      const page = await fresh({ colorScheme: scheme });
      const frame = await openFramed(page, parent, await link(booth));
      await shown(frame);
      assert.deepEqual(await complaintsOfAxe(frame), []);
      await shoot(page, frame, scheme === "light" ? kind : `${kind}-dark`);
      await finish(page);
    });
  }
  test(`${kind}: nothing hangs out sideways from 320 pixels up, and it can be printed`, async () => {
    const booth = await sandbox();
    const page = await fresh();
    const address = await link(booth);
    for (const width of [320, 390, 768, 1920]) {
      await page.setViewportSize({ width, height: 844 });
      const frame = await openFramed(page, parent, address);
      await shown(frame);
      const over = await frame.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(over, 0, `${kind} is ${over} pixels too wide for ${width}`);
      if (width === 390) await shoot(page, frame, `${kind}-390`);
    }
    await page.setViewportSize({ width: 794, height: 1123 });
    const frame = await openFramed(page, parent, address);
    await shown(frame);
    await page.emulateMedia({ media: "print" });
    await shoot(page, frame, `${kind}-print`);
    await finish(page);
  });
}

/** What it takes to be refused as each kind: the link, and the text in English and Chinese. */
const REFUSALS = {
  alibaba: {
    "no-ticket": [async () => dashboardLink("").replace("&accessTicket=", "")],
    "unknown-ticket": [async () => dashboardLink("00000000-0000-4000-8000-000000000000"), "Ticket [00000000-0000-4000-8000-000000000000] not exist"],
    revoked: [async (booth) => {
      const ticket = await booth.ticket();
      await booth.call("DeleteTicket", { Ticket: ticket });
      return dashboardLink(ticket);
    }, /^Ticket \[.{36}\] not exist$/],
    expired: [async (booth) => {
      const ticket = await booth.ticket();
      await booth.advance("241m");
      return dashboardLink(ticket);
    }, /^Ticket \[.{36}\] has expired$/],
    "used-up": [async (booth) => {
      const link = dashboardLink(await booth.ticket({ TicketNum: 1 }));
      await fetch(link);
      return link;
    }, "AE0130010026 There is no ticket number left, please generate new ticket"],
    "wrong-target": [async (booth) => dashboardLink(await booth.ticket({ WorksId: "workbook-demo" })),
      "The report bound by ticket mismatch the actual report"],
    "embedding-off": [async (booth) => {
      await booth.rule("alibaba.visit", "Authorize3Rd.Report.Unauthorized");
      return dashboardLink(await booth.ticket());
    }, "The report is not enabled for third party embedding."],
  },
  tencent: {
    "no-ticket": [async () => pageLink(""), "Page not accessible", "页面无法访问"],
    "unknown-ticket": [async () => pageLink("nothing"), "Page not accessible", "页面无法访问"],
    revoked: [async (booth) => {
      const token = await booth.token();
      await booth.tencent.ClearEmbedToken({ ProjectId: "117", PageId: "11520", Scope: "page", UserCorpId: "100022975249" });
      return pageLink(token);
    }, "Page not accessible", "页面无法访问"],
    expired: [async (booth) => {
      const token = await booth.token();
      await booth.advance("241m");
      return pageLink(token);
    }, "Page not accessible", "页面无法访问"],
    "used-up": [async (booth) => {
      const link = pageLink(await booth.token({ TicketNum: 1 }));
      await fetch(link);
      return link;
    }, "Page not accessible", "页面无法访问"],
    "wrong-target": [async (booth) => pageLink(await booth.token({ ProjectId: 11015030, PageId: 10520483 })), "Page not accessible", "页面无法访问"],
    "embedding-off": [async (booth) => {
      await booth.rule("tencent.visit", "embedding-off");
      return pageLink(await booth.token());
    }, "Page not accessible", "页面无法访问"],
    "outside-validity": [async (booth) => pageLink(await booth.token({ PageId: 41001 })).replace("11520", "41001"),
      "Out of validity range", "超出有效期范围"],
  },
};

for (const [vendor, kinds] of Object.entries(REFUSALS)) {
  for (const [kind, [link, english, chinese]] of Object.entries(kinds)) {
    test(`${vendor}: ${kind} is refused in the vendor's text, in both languages and themes`, async () => {
      const booth = await sandbox();
      const address = await link(booth);
      for (const [locale, scheme, text] of [["en-US", "light", english], ["en-US", "dark", english], ["zh-CN", "light", chinese ?? english]]) {
        const page = await fresh({ locale, colorScheme: scheme });
        const frame = await openFramed(page, parent, address);
        const refusal = frame.locator("[data-testid=embed-refusal]");
        assert.equal(await refusal.getAttribute("data-kind"), kind);
        const told = await refusal.locator("p").textContent();
        if (text instanceof RegExp) assert.match(told, text);
        else if (text) assert.equal(told, text);
        assert.ok(told.length > 3);
        assert.equal(await frame.evaluate(() => document.documentElement.lang), locale === "zh-CN" ? "zh-CN" : "en");
        assert.deepEqual(await complaintsOfAxe(frame), []);
        const look = { "en-US/light": "", "en-US/dark": "-dark", "zh-CN/light": "-zh" }[`${locale}/${scheme}`];
        await shoot(page, frame, `refusal-${vendor}-${kind}${look}`);
        await finish(page);
      }
    });
  }
}

test("both: a page speaks the language of its reader", async () => {
  const booth = await sandbox();
  const page = await fresh({ locale: "zh-CN" });
  for (const [kind, text] of [["dashboard", "月度销售额"], ["page", "月度销售额"], ["screen", "城市排行"], ["workbook", "订单明细"]]) {
    const frame = await openFramed(page, parent, await WORKS[kind](booth));
    await shown(frame);
    assert.ok(await frame.getByText(text).first().isVisible(), `${kind}: ${text}`);
    assert.deepEqual(await complaintsOfAxe(frame), []);
    await shoot(page, frame, `${kind}-zh`);
  }
  await finish(page);
});

const figure = async (frame, name) => Number((await frame.locator(`[data-testid=embed-figure-${name}] .tile-figure`).textContent()).replace(/\D/g, ""));

test("alibaba: user, watermark and global parameters are seen in the page and in its figures", async () => {
  const booth = await sandbox();
  const page = await fresh();
  const open = async (params, more) => {
    const frame = await openFramed(page, parent, dashboardLink(await booth.ticket(params), more));
    await shown(frame);
    return frame;
  };
  const plain = await figure(await open({}), "sales");
  assert.ok(plain > 0);
  const filters = [
    { paramKey: "city", joinType: "and", conditionList: [{ operate: "in", value: ["Hangzhou", "Chengdu", "Atlantis"] }] },
    { paramKey: "price", joinType: "and", conditionList: [{ operate: ">", value: "50" }, { operate: "between", value: "1,2" }] },
    { paramKey: "nothing", joinType: "and", conditionList: [{ operate: "=", value: "x" }] },
  ];
  const frame = await open({ GlobalParam: JSON.stringify(filters), WatermarkParam: "机密 for Wang Wu" });
  const chips = await frame.locator("[data-testid=embed-filter]").evaluateAll((list) => list.map((chip) => [chip.dataset.name, chip.dataset.applied, chip.textContent]));
  assert.deepEqual(chips.map(([name, applied]) => [name, applied]), [["city", "true"], ["price", "false"], ["nothing", "false"]]);
  assert.match(chips[1][2], /between is not understood/);
  assert.match(chips[2][2], /全局参数配置在报表组件中不存在/);
  const filtered = await figure(frame, "sales");
  assert.ok(filtered > 0 && filtered < plain, `${filtered} of ${plain}`);
  assert.equal(await frame.getByTestId("embed-watermark").textContent(), "机密 for Wang Wu");
  assert.ok(await frame.getByTestId("embed-field-city").isDisabled(), "what the ticket settles is not the visitor's");
  assert.deepEqual(await complaintsOfAxe(frame), []);
  await shoot(page, frame, "dashboard-filtered");
  const named = await open({ UserId: "46e537466d5e4a3aa1b2c3d4e92704c8" });
  assert.equal(await named.getByTestId("embed-user").textContent(), "46e537466d5e4a3aa1b2c3d4e92704c8");
  const ofOne = await figure(named, "sales");
  const other = await open({ AccountName: "wangwu:zhangsan", AccountType: 5 });
  assert.notEqual(ofOne, await figure(other, "sales"), "each user has figures of its own");
  const bare = await open({}, `&embedDisplayParam=${encodeURIComponent('{"showTitle":false}')}&booth=0&city=Hangzhou`);
  assert.equal(await figure(bare, "sales"), plain, "a parameter of the link is no global parameter");
  assert.equal(await bare.getByTestId("embed-strip").isVisible(), false);
  assert.match(await bare.title(), /emulated by Ticketbooth/);
  await shoot(page, bare, "dashboard-without-booth");
  await finish(page);
});

test("tencent: parameters of token and link filter, and those of the token win", async () => {
  const booth = await sandbox();
  const page = await fresh();
  const more = `&params[]=${encodeURIComponent("value=Ningbo,Hangzhou&target=city")}&params[]=${encodeURIComponent("value=Sichuan&target=province")}`;
  const plain = await openFramed(page, parent, pageLink(await booth.token()));
  await shown(plain);
  const all = await figure(plain, "orders");
  const linked = await openFramed(page, parent, pageLink(await booth.token(), more.split("&params[]=").slice(0, 2).join("&params[]=")));
  await shown(linked);
  const some = await figure(linked, "orders");
  assert.ok(some > 0 && some < all);
  const GlobalParam = JSON.stringify([{ ParamKey: "province", JoinType: "AND", WhereList: [{ Operator: "-neq", Value: ["四川"] }] }]);
  const both = await openFramed(page, parent, pageLink(await booth.token({ GlobalParam }), more));
  await shown(both);
  const chips = await both.locator("[data-testid=embed-filter]").evaluateAll((list) => list.map((chip) => chip.textContent));
  assert.deepEqual(chips, ["Province -neq 四川 from the ticket", "City = Ningbo, Hangzhou from the link"]);
  assert.ok(await figure(both, "orders") === some, "those cities are not in the province that is left out");
  await shoot(page, both, "page-filtered");
  await finish(page);
});

test("both: a visitor filters, and the figures follow", async () => {
  const booth = await sandbox();
  const page = await fresh();
  for (const link of [WORKS.dashboard, WORKS.page, WORKS.screen, WORKS.retrieval]) {
    const frame = await openFramed(page, parent, await link(booth));
    await shown(frame);
    const read = () => frame.locator("[data-testid=embed-rows]").textContent();
    const before = await read();
    await frame.getByTestId("embed-field-category").selectOption("Toys");
    await frame.waitForFunction((text) => document.querySelector("[data-testid=embed-rows]").textContent !== text, before);
    await frame.getByTestId("embed-field-category").selectOption("");
    await frame.waitForFunction((text) => document.querySelector("[data-testid=embed-rows]").textContent === text, before);
  }
  await finish(page);
});

test("data entry: what is submitted stays in the page", async () => {
  const booth = await sandbox();
  const page = await fresh();
  const frame = await openFramed(page, parent, await WORKS["data-entry"](booth));
  await shown(frame);
  for (const control of await frame.locator(".entry-form input").all()) await control.fill("7");
  await frame.getByRole("button", { name: "Submit" }).click();
  assert.equal(await frame.locator("[data-testid=embed-entries] tbody tr").count(), 1);
  await shoot(page, frame, "data-entry-submitted");
  await finish(page);
});

test("chat: tables and the SQL button are as ConfigParam says", async () => {
  const booth = await sandbox();
  const page = await fresh();
  const open = async (list) => {
    const ConfigParam = JSON.stringify({ ChatBIConfigList: list });
    const frame = await openFramed(page, parent, chatLink(await booth.token({ ...CHAT, ConfigParam })));
    await shown(frame);
    return frame;
  };
  const plain = await open([]);
  const tables = (frame) => frame.locator("[data-testid=embed-chat-table]").evaluateAll((list) => list.map((item) => item.dataset.id));
  assert.equal((await tables(plain)).length, 4);
  await plain.getByTestId("embed-sql-button").first().click();
  assert.match(await plain.getByTestId("embed-sql").first().textContent(), /^SELECT/);
  await plain.getByRole("button", { name: "Which city sells most?" }).click();
  await plain.getByRole("textbox").fill("<b>and by channel?</b>");
  await plain.getByRole("button", { name: "Ask" }).click();
  assert.equal(await plain.locator(".by-visitor").last().textContent(), "<b>and by channel?</b>");
  assert.deepEqual(await complaintsOfAxe(plain), []);
  await shoot(page, plain, "chat-asked");
  const limited = await open([
    { ConfigType: "TableFilter", ConfigDetails: { Values: ["26513", "999"] } },
    { ConfigType: "SqlView", ConfigDetails: { Enabled: false } },
  ]);
  assert.deepEqual(await tables(limited), ["26513"]);
  assert.equal(await limited.getByTestId("embed-sql-button").count(), 0);
  assert.ok(await limited.getByText("Unknown tables: 999").isVisible());
  await shoot(page, limited, "chat-limited");
  await finish(page);
});

test("both: the same seed shows the same pixels, and another seed others", async () => {
  const pictures = {};
  for (const [name, seed] of [["one", 5], ["two", 5], ["three", 6]]) {
    const booth = await sandbox({ seed, name: `pixels-${randomUUID()}` });
    for (const kind of ["dashboard", "page", "screen", "workbook"]) {
      const page = await fresh();
      const frame = await openFramed(page, parent, await WORKS[kind](booth));
      await shown(frame);
      (pictures[kind] ??= {})[name] = (await page.screenshot()).toString("base64");
      await finish(page);
    }
  }
  for (const [kind, { one, two, three }] of Object.entries(pictures)) {
    assert.ok(one === two, `${kind}: the same seed shows the same`);
    assert.ok(one !== three, `${kind}: another seed shows something else`);
  }
});

test("both: a page is small, and painted soon", async () => {
  const booth = await sandbox();
  const page = await fresh();
  for (const [kind, link] of Object.entries(WORKS)) {
    const address = await link(booth);
    await page.goto(address);
    await page.waitForSelector("[data-testid=embed-report][data-shown=true]");
    // Whatever else the machine does makes a paint late, and never early.
    const paints = [];
    while (paints.length < 40 && !paints.some((paint) => paint < 200)) {
      await page.goto(address);
      await page.waitForSelector("[data-testid=embed-report][data-shown=true]");
      paints.push(await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime));
    }
    const bytes = await page.evaluate(() => performance.getEntriesByType("resource").concat(performance.getEntriesByType("navigation"))
      .reduce((sum, entry) => sum + entry.decodedBodySize, 0));
    assert.ok(bytes > 0 && bytes <= 200 * 1024, `${kind} has ${bytes} bytes`);
    const best = Math.min(...paints);
    assert.ok(best < 200, `${kind} is painted after ${best} ms at best`);
  }
  await finish(page);
});
