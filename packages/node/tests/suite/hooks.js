"use strict";
// As vitest and jest run it, with their functions as globals.
/* global test */
const { useTicketbooth } = require("ticketbooth/test");

const booth = useTicketbooth();
require("./cases.js")((name, run) => test(name, () => run(booth)));
