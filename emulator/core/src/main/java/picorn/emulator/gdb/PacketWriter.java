// SPDX-License-Identifier: MIT
package picorn.emulator.gdb;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Sends packets, and the one sent last again when the other side asks for it. */
final class PacketWriter {
    private static final byte[] ACKNOWLEDGED = {'+'};
    private static final byte[] REFUSED = {'-'};
    private static final String SPECIAL = "#$}*";

    private final Consumer<byte[]> out;
    private boolean acknowledging = true;
    private byte[] last = {};

    PacketWriter(Consumer<byte[]> out) {
        this.out = out;
    }

    /** As at the start of a connection. */
    void reset() {
        acknowledging = true;
        last = new byte[0];
    }

    /** From now on nothing is acknowledged: the connection loses nothing. */
    void stopAcknowledging() {
        acknowledging = false;
    }

    void acknowledge() {
        if (acknowledging) {
            out.accept(ACKNOWLEDGED);
        }
    }

    void refuse() {
        if (acknowledging) {
            out.accept(REFUSED);
        }
    }

    void repeat() {
        if (acknowledging && last.length != 0) {
            out.accept(last);
        }
    }

    /** Sends {@code data}, an octet a character. */
    void send(String data) {
        StringBuilder packet = new StringBuilder(data.length() + 4).append('$');
        int sum = 0;
        for (int i = 0; i < data.length(); i++) {
            char c = data.charAt(i);
            if (SPECIAL.indexOf(c) >= 0) {
                packet.append('}');
                sum += '}';
                c ^= 0x20;
            }
            packet.append(c);
            sum += c;
        }
        packet.append("#%02x".formatted(sum & 0xFF));
        last = packet.toString().getBytes(StandardCharsets.ISO_8859_1);
        out.accept(last);
    }
}
