// SPDX-License-Identifier: MIT
/** Looking into a board: registers by name, and what GDB asks of a chip. */
package picorn.stm32f4.debug;
