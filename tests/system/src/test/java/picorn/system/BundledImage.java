// SPDX-License-Identifier: MIT
package picorn.system;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalInt;
import picorn.emulator.image.BadImage;
import picorn.emulator.image.Image;
import picorn.emulator.image.ImageReader;

/** An image of picorn-firmware-images, for tests that put it onto a board themselves. */
final class BundledImage {
    private BundledImage() {}

    static Image read(String name) throws BadImage, IOException {
        try (InputStream in = BundledImage.class.getResourceAsStream("/picorn/images/" + name + ".elf")) {
            return ImageReader.read(name, in.readAllBytes(), OptionalInt.empty());
        }
    }
}
