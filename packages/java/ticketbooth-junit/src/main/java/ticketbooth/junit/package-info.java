/** Ticketbooth for JUnit 5: an emulator for a run, and a sandbox for each test. */
package ticketbooth.junit;
