// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.TreeMap;
import picorn.emulator.image.BadImage;
import picorn.emulator.image.Image;
import picorn.emulator.image.ImageReader;

/** The firmware in the artifact picorn-firmware-images, by name. */
final class BundledImages {
    private static final String FOLDER = "/picorn/images/";

    private BundledImages() {}

    /** Names and what they are. */
    static Map<String, String> all() {
        try (InputStream in = BundledImages.class.getResourceAsStream(FOLDER + "images.properties")) {
            Properties properties = new Properties();
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            Map<String, String> images = new TreeMap<>();
            properties.stringPropertyNames().forEach(name -> images.put(name, properties.getProperty(name)));
            return images;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The image of a file or of a bundled name; a file wins. */
    static Image read(String nameOrFile, OptionalInt rawAddress) throws UsageError, BadImage {
        Path file = Path.of(nameOrFile);
        if (Files.exists(file) && !(Files.isDirectory(file) && all().containsKey(nameOrFile))) {
            return ImageReader.read(file, rawAddress);
        }
        if (!all().containsKey(nameOrFile)) {
            throw new UsageError("there is no file and no bundled image '%s'; bundled are: %s"
                    .formatted(nameOrFile, String.join(", ", all().keySet())));
        }
        return bundled(nameOrFile, rawAddress);
    }

    /** The bundled image of this name, which must be one of {@link #all}. */
    static Image bundled(String name, OptionalInt rawAddress) throws BadImage {
        try (InputStream in = BundledImages.class.getResourceAsStream(FOLDER + name + ".elf")) {
            return ImageReader.read(name, in.readAllBytes(), rawAddress);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
