// SPDX-License-Identifier: MIT
package picorn.netstack.host.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.BiConsumer;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/** What holds of every parser: it refuses octets as malformed, or what it makes of them comes out the same from emit and parse again. */
final class RoundTrip {
    private static final int LARGEST = 65_536;

    private RoundTrip() {}

    interface Parser<T> {
        T parse(Octets in) throws Malformed;
    }

    static <T> void of(byte[] octets, Parser<T> parser, BiConsumer<T, Octets> emit) {
        T parsed;
        try {
            parsed = parser.parse(Octets.over(octets));
        } catch (Malformed e) {
            return;
        }
        byte[] emitted = new byte[LARGEST];
        emit.accept(parsed, Octets.over(emitted));
        try {
            assertThat(parser.parse(Octets.over(Arrays.copyOf(emitted, octets.length))))
                    .isEqualTo(parsed);
        } catch (Malformed e) {
            throw new AssertionError("its own output is refused: " + e.drop(), e);
        }
    }
}
