// SPDX-License-Identifier: MIT
package picorn.stm32f4.board;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import picorn.emulator.image.Image;
import picorn.emulator.image.Segment;

/** The images that a board was loaded with, for those who want to know whether another has the same. */
record LoadedImage(String name, List<Segment> segments, OptionalInt entry) {
    static final LoadedImage NONE = new LoadedImage("nothing", List.of(), OptionalInt.empty());

    static LoadedImage of(Image image) {
        return new LoadedImage(image.name(), image.segments(), image.entry());
    }

    /** SHA-256 of addresses and octets, and of where it starts, in hexadecimal. */
    String hash() {
        MessageDigest digest = sha256();
        for (Segment segment : segments) {
            digest.update(ByteBuffer.allocate(2 * Integer.BYTES)
                    .putInt(segment.address())
                    .putInt(segment.size())
                    .array());
            digest.update(segment.bytes());
        }
        digest.update(
                ByteBuffer.allocate(Integer.BYTES).putInt(entry.orElse(-1)).array());
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
