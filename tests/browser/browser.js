// The browser of all tests here: Chromium without what it does by itself.
"use strict";

const { chromium } = require("playwright-core");

const ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--no-first-run"];

/** Starts one, with further flags of its own and settings of playwright's. */
const launch = (flags = [], settings = {}) =>
  chromium.launch({ executablePath: process.env.CHROMIUM, args: [...ARGS, ...flags], ...settings });

module.exports = { launch };
