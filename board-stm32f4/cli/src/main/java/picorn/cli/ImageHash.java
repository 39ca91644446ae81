// SPDX-License-Identifier: MIT
package picorn.cli;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import picorn.emulator.image.Image;
import picorn.emulator.image.Segment;

/** Tells images apart: SHA-256 of what is loaded and where it starts. */
final class ImageHash {
    private ImageHash() {}

    static String of(Image image) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Segment segment : image.segments()) {
                digest.update(ByteBuffer.allocate(8)
                        .putInt(segment.address())
                        .putInt(segment.size())
                        .flip());
                digest.update(segment.bytes());
            }
            digest.update(
                    ByteBuffer.allocate(4).putInt(image.entry().orElse(-1)).flip());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
