// SPDX-License-Identifier: MIT
package picorn.emulator.replay;

/**
 * How a recorded run ended.
 *
 * @param time in picoseconds since reset
 * @param words for the user
 * @param status exit status
 */
public record RecordingEnd(long time, long instructions, long exceptions, String words, int status) {}
