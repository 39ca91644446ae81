// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/** Reads images of any {@link ImageFormat}. Nothing that a file says is trusted. */
public final class ImageReader {
    private ImageReader() {}

    /**
     * Reads {@code file}. Its first octets tell its format.
     *
     * @param rawAddress where a raw binary goes. A uImage with an address is taken as a raw binary too: as a boot loader finds
     *     it in flash
     */
    public static Image read(Path file, OptionalInt rawAddress) throws BadImage {
        return read(file.toString(), contents(file), rawAddress);
    }

    /** As {@link #read(Path, OptionalInt)}, of {@code contents} that stand in no file but are called {@code name}. */
    public static Image read(String name, byte[] contents, OptionalInt rawAddress) throws BadImage {
        if (contents.length == 0) {
            throw new BadImage(name, "it is empty", "build it again");
        }
        if (contents.length > Image.LARGEST) {
            throw tooLarge(name);
        }
        Octets file = new Octets(name, contents);
        ImageFormat format = ImageFormat.of(file);
        return checked(rawAddress.isPresent() ? raw(file, format, rawAddress.getAsInt()) : format.read(file));
    }

    private static byte[] contents(Path file) throws BadImage {
        if (!Files.exists(file)) {
            throw new BadImage(file.toString(), "there is no such file", "check the name");
        }
        if (!Files.isRegularFile(file)) {
            String what = Files.isDirectory(file) ? "it is a directory" : "it is not a regular file";
            throw new BadImage(file.toString(), what, "name an image file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            if (Files.size(file) > Image.LARGEST) {
                throw tooLarge(file.toString());
            }
            return in.readNBytes(Image.LARGEST + 1); // it may grow meanwhile
        } catch (IOException e) {
            throw new BadImage(file.toString(), "it cannot be read", "check its permissions and the disk it is on");
        }
    }

    private static BadImage tooLarge(String file) {
        return new BadImage(
                file,
                "it is larger than %d MB".formatted(Image.LARGEST >> 20),
                "no board has that much memory: check the name");
    }

    private static Image raw(Octets file, ImageFormat format, int address) throws BadImage {
        return switch (format) {
            case ELF, INTEL_HEX -> throw file.bad(
                    "an address is given, but it is an %s file, which has its own".formatted(format.description()),
                    "leave the address out");
            case UIMAGE, RAW -> RawReader.read(file, address);
        };
    }

    private static Image checked(Image image) throws BadImage {
        List<Segment> sorted = image.segments().stream()
                .sorted(Comparator.comparingLong(Segment::start))
                .toList();
        for (int i = 0; i < sorted.size(); i++) {
            checkEnd(image, sorted.get(i));
            if (i > 0 && sorted.get(i - 1).end() > sorted.get(i).start()) {
                throw new BadImage(
                        image.name(),
                        "two of its segments overlap at 0x%08x"
                                .formatted(sorted.get(i).address()),
                        "link it so that each address is loaded once");
            }
        }
        return new Image(image.name(), image.format(), image.description(), sorted, image.entry(), image.symbols());
    }

    private static void checkEnd(Image image, Segment segment) throws BadImage {
        if (segment.end() > 1L << 32) {
            throw new BadImage(
                    image.name(),
                    "%d octets at 0x%08x reach past the end of the address space"
                            .formatted(segment.size(), segment.address()),
                    "give or link it at a lower address");
        }
    }
}
