// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import java.util.function.Predicate;

/** The kinds of file that hold an image, and how each is told by its first octets. */
public enum ImageFormat {
    /** Executable and Linkable Format, 32-bit, ARM, little-endian. */
    ELF("ELF", ElfReader::recognises, ElfReader::read),
    /** U-Boot's image with the legacy header of 64 octets. */
    UIMAGE("uImage", UImageReader::recognises, UImageReader::read),
    /** Intel Hexadecimal Object File Format, revision A. */
    INTEL_HEX("Intel HEX", IntelHexReader::recognises, IntelHexReader::read),
    /** Memory contents and nothing else; what none of the others recognises. */
    RAW("raw binary", file -> true, RawReader::refuse);

    /** Reads a whole file of one format. */
    interface Reader {
        Image read(Octets file) throws BadImage;
    }

    private final String description;
    private final Predicate<Octets> recogniser;
    private final Reader reader;

    ImageFormat(String description, Predicate<Octets> recogniser, Reader reader) {
        this.description = description;
        this.recogniser = recogniser;
        this.reader = reader;
    }

    /** Its name for users. */
    public String description() {
        return description;
    }

    static ImageFormat of(Octets file) {
        for (ImageFormat format : values()) {
            if (format.recogniser.test(file)) {
                return format;
            }
        }
        return RAW;
    }

    Image read(Octets file) throws BadImage {
        return reader.read(file);
    }
}
