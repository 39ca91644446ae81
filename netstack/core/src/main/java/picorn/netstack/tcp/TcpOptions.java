// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.octets.U16;
import picorn.netstack.octets.U32;
import picorn.netstack.octets.U8;

/** The options of a segment: MSS (RFC 9293, 3.7.1), window scale and timestamps (RFC 7323), SACK (RFC 2018). */
final class TcpOptions {
    /** What is taken for granted of a peer that does not announce its MSS (RFC 9293, section 3.7.1). */
    static final int DEFAULT_MSS = 536;

    static final int NO_SCALE = -1;

    private static final int END = 0;
    private static final int NO_OPERATION = 1;
    private static final int MSS = 2;
    private static final int WINDOW_SCALE = 3;
    private static final int SACK_PERMITTED = 4;
    private static final int SACK = 5;
    private static final int TIMESTAMPS = 8;

    private static final int MSS_WORD = MSS << 24 | 4 << 16;
    private static final int SCALE_WORD = NO_OPERATION << 24 | WINDOW_SCALE << 16 | 3 << 8;
    private static final int SACK_PERMITTED_WORD = 0x0101_0000 | SACK_PERMITTED << 8 | 2;
    private static final int TIMESTAMPS_WORD = 0x0101_0000 | TIMESTAMPS << 8 | 10;
    private static final int SACK_WORD = 0x0101_0000 | SACK << 8 | 2;
    static final int TIMESTAMPS_SIZE = 12;

    private static final U8 KIND = U8.at(0);
    private static final U8 LENGTH = KIND.next();
    private static final U8 OCTET = LENGTH.next();
    private static final U16 WORD16 = U16.after(LENGTH);
    private static final U32 FIRST = U32.after(LENGTH);
    private static final U32 SECOND = FIRST.next();
    private static final U32 WORD = U32.at(0);

    private static final byte[] NONE = {};

    private final Octets view = new Octets();
    /** The announced MSS, or the default. */
    int mss;
    /** The shift count, or {@link #NO_SCALE}. */
    int scale;

    boolean sackPermitted;
    boolean timestamps;
    int timestamp;
    int echo;
    /** The blocks of a SACK option, nothing if there is none. */
    final Octets sack = new Octets();
    /** Where recovery reads its edges to. */
    final int[] blocks = new int[2 * SackBlocks.MOST];

    /** Forgets all options. */
    void clear() {
        mss = DEFAULT_MSS;
        scale = NO_SCALE;
        sackPermitted = false;
        timestamps = false;
        sack.aim(NONE, 0, 0);
    }

    /** Reads the options of a segment whose header has been checked; unknown ones are skipped. */
    void parse(Octets segment) throws Malformed {
        clear();
        int end = TcpFields.length(segment);
        for (int at = TcpFields.SIZE; at < end; ) {
            view.aim(segment, at, end - at);
            int kind = KIND.get(view);
            if (kind == END) {
                return;
            }
            at += kind == NO_OPERATION ? 1 : parseOne(kind);
        }
    }

    private int parseOne(int kind) throws Malformed {
        int length = view.length() < 2 ? 0 : LENGTH.get(view);
        if (length < 2 || length > view.length()) {
            throw TcpDrop.BAD_OPTION.malformed();
        }
        if (kind == TIMESTAMPS && length == 10) {
            timestamps = true;
            timestamp = FIRST.get(view);
            echo = SECOND.get(view);
        } else if (kind == MSS && length == 4) {
            mss = Math.max(1, WORD16.get(view));
        } else if (kind == WINDOW_SCALE && length == 3) {
            scale = Math.min(14, OCTET.get(view));
        } else if (kind == SACK_PERMITTED) {
            sackPermitted = true;
        } else if (kind == SACK) {
            sack.aim(view, 2, length - 2);
        }
        return length;
    }

    /** Begins to write options into a segment. */
    void begin(Octets segment) {
        view.aim(segment, TcpFields.SIZE, segment.length() - TcpFields.SIZE);
    }

    void putMss(int mss) {
        put(MSS_WORD | mss);
    }

    void putScale(int shift) {
        put(SCALE_WORD | shift);
    }

    void putSackPermitted() {
        put(SACK_PERMITTED_WORD);
    }

    void putTimestamps(int timestamp, int echo) {
        put(TIMESTAMPS_WORD);
        put(timestamp);
        put(echo);
    }

    /** Begins to write blocks of received data, so many octets. */
    void beginBlocks(int octets) {
        put(SACK_WORD + octets);
    }

    void putBlock(int left, int right) {
        put(left);
        put(right);
    }

    private void put(int word) {
        WORD.set(view, word);
        view.aim(view, 4, view.length() - 4);
    }
}
