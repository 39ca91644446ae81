// SPDX-License-Identifier: MIT
/** The socket device (docs/socket-device.md): a TCP/IP stack behind registers and rings in the guest's memory. */
package picorn.stm32f4.socketdevice;
