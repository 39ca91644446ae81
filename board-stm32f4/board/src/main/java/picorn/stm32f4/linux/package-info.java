// SPDX-License-Identifier: MIT
/** What a boot loader does for Linux: device trees, and kernels laid out in memory. */
package picorn.stm32f4.linux;
