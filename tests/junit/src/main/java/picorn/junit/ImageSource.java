// SPDX-License-Identifier: MIT
package picorn.junit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import picorn.emulator.image.BadImage;
import picorn.emulator.image.Image;
import picorn.emulator.image.ImageReader;

/** Finds a test's firmware: a file, a resource, or a bundled image. */
final class ImageSource {
    private static final String BUNDLED = "/picorn/images/%s.elf";

    private ImageSource() {}

    /** The directory of the Maven module that is tested, else the current one. */
    static Path baseDirectory() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    }

    /** @param test whose class path is searched */
    static Image read(String name, Class<?> test) throws BadImage {
        Path file = baseDirectory().resolve(name);
        if (Files.exists(file)) {
            return ImageReader.read(file, OptionalInt.empty());
        }
        for (String resource : new String[] {"/" + name, BUNDLED.formatted(name)}) {
            try (InputStream in = test.getResourceAsStream(resource)) {
                if (in != null) {
                    return ImageReader.read(name, in.readAllBytes(), OptionalInt.empty());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new BadImage(
                name,
                "there is neither the file %s nor such a resource nor such a bundled image".formatted(file),
                "build the firmware first, or check the name in @PicornTest");
    }
}
