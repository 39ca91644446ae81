// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.octets.Octets;
import picorn.netstack.octets.U32;

/** The blocks of the SACK option (RFC 2018, section 3), each of a left and a right edge, for connections that have agreed on it. */
final class SackBlocks {
    /** Blocks that an option holds at most. */
    static final int MOST = 4;

    private static final int SIZE = 8;
    private static final int MOST_BESIDE_TIMESTAMPS = 3;
    private static final U32 LEFT = U32.at(0);
    private static final U32 RIGHT = LEFT.next();

    private SackBlocks() {}

    /** Reads the blocks of an option into edges; the result is how many there are. */
    static int parse(Octets option, int[] edges) {
        int count = Math.min(option.length() / SIZE, MOST);
        for (int i = 0; i < count; i++) {
            edges[2 * i] = LEFT.get(option);
            edges[2 * i + 1] = RIGHT.get(option);
            option.aim(option, SIZE, option.length() - SIZE);
        }
        return count;
    }

    /** Puts blocks into ascending order. */
    static void sort(int[] edges, int count) {
        for (int done = 0; done < count; done++) {
            int least = done;
            for (int i = done + 1; i < count; i++) {
                least = Sequence.isBefore(edges[2 * i], edges[2 * least]) ? i : least;
            }
            int left = edges[2 * least];
            int right = edges[2 * least + 1];
            edges[2 * least] = edges[2 * done];
            edges[2 * least + 1] = edges[2 * done + 1];
            edges[2 * done] = left;
            edges[2 * done + 1] = right;
        }
    }

    /** How many a connection has to tell of. */
    static int count(Connection c) {
        return Math.min(c.reassembly.count() + c.rcv.duplicates(), c.timestamps ? MOST_BESIDE_TIMESTAMPS : MOST);
    }

    /** Octets of the option with so many blocks. */
    static int length(int count) {
        return count == 0 ? 0 : 4 + SIZE * count;
    }

    /** Writes blocks: first what came twice (RFC 2883), then what came out of order. */
    static void write(Connection c, TcpOptions options, int count) {
        int duplicates = c.rcv.duplicates();
        options.beginBlocks(SIZE * count);
        if (duplicates > 0) {
            options.putBlock(c.rcv.duplicateFrom, c.rcv.duplicateTo);
            c.rcv.duplicateTo = c.rcv.duplicateFrom;
        }
        int[] edges = c.reassembly.edges();
        for (int i = 0; i < count - duplicates; i++) {
            options.putBlock(edges[2 * i], edges[2 * i + 1]);
        }
    }

    /** Takes note of what of a segment came twice. */
    static void noteDuplicate(Connection c, Segment s) {
        if (s.text.length() > 0 && Sequence.isBefore(s.seq, c.rcv.nxt)) {
            c.rcv.duplicate(s.seq, s.seq + s.text.length());
        }
    }
}
