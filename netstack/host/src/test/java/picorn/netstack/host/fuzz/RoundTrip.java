// SPDX-License-Identifier: MIT
package picorn.netstack.host.fuzz;

import java.util.Arrays;
import java.util.HexFormat;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/** What holds of every parser: it refuses octets as malformed, or what it makes of them survives being emitted and parsed again. */
final class RoundTrip {
    private static final int LARGEST = 70_000;

    private RoundTrip() {}

    interface Parser<T> {
        T parse(Octets in) throws Malformed;
    }

    interface Emitter<T> {
        /** Writes, and says how many octets are to be parsed. */
        int emit(T parsed, Octets out);
    }

    static <T> void of(byte[] octets, Parser<T> parser, Emitter<T> emitter) {
        T parsed;
        try {
            parsed = parser.parse(Octets.over(octets));
        } catch (Malformed e) {
            return;
        }
        byte[] once = emitted(parsed, emitter);
        try {
            byte[] twice = emitted(parser.parse(Octets.over(once)), emitter);
            if (!Arrays.equals(once, twice)) {
                throw new AssertionError("emitted %s, then %s".formatted(hex(once), hex(twice)));
            }
        } catch (Malformed e) {
            throw new AssertionError("its own output is refused: " + e.drop() + ", " + hex(once), e);
        }
    }

    private static <T> byte[] emitted(T parsed, Emitter<T> emitter) {
        byte[] room = new byte[LARGEST];
        return Arrays.copyOf(room, emitter.emit(parsed, Octets.over(room)));
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }
}
