"use strict";
const { test } = require("node:test");
const { sandbox } = require("ticketbooth/test");

require("./cases.js")((name, run) => test(name, async (t) => run(await sandbox(t))));
