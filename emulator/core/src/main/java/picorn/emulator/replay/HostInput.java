// SPDX-License-Identifier: MIT
package picorn.emulator.replay;

/**
 * Something that came in from the host.
 *
 * @param time in picoseconds since reset
 * @param instructions executed before
 * @param octets what came; its own
 */
public record HostInput(Channel channel, long time, long instructions, byte[] octets) {}
