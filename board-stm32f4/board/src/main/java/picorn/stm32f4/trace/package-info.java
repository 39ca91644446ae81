// SPDX-License-Identifier: MIT
/** Traces of a board: what its machine does, its pins and its frames. */
package picorn.stm32f4.trace;
