// SPDX-License-Identifier: MIT
/** What debuggers do with a machine, whatever protocol they speak. */
package picorn.emulator.debug;
