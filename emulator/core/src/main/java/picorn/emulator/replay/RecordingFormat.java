// SPDX-License-Identifier: MIT
package picorn.emulator.replay;

/**
 * The octets of a recording, big-endian: {@link #MAGIC}, version, the number of facts and each as two strings; then for each input the
 * number of its channel from 1 up, time, instructions, length and octets; then {@link #END}, time, instructions, exceptions, words,
 * status, and the CRC-32 of all that comes before it.
 */
final class RecordingFormat {
    /** As in PNG: what loses bit 7 or changes line ends is found out. */
    static final long MAGIC = 0x8950_4952_4543_0D0AL; // .PIREC and CR LF

    static final int VERSION = 1;
    static final int END = 0;
    static final int MOST_FACTS = 64;
    /** Octets of an input. */
    static final int LONGEST = 1 << 16;

    private RecordingFormat() {}
}
