// SPDX-License-Identifier: MIT
package picorn.junit;

import java.nio.charset.StandardCharsets;

/**
 * A UDP datagram that came from the board.
 *
 * @param address who sent it, such as "10.0.2.15"
 * @param port the sender's
 * @param data what it carries
 */
public record Datagram(String address, int port, byte[] data) {
    /**
     * Its data as text, one character an octet.
     *
     * <pre>{@code
     * assertThat(udp.await(ofMillis(5)).text()).isEqualTo("ok");
     * }</pre>
     */
    public String text() {
        return new String(data, StandardCharsets.ISO_8859_1);
    }
}
