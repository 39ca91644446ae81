// SPDX-License-Identifier: MIT
/** What came in from the host during a run, kept and played back. */
package picorn.emulator.replay;
