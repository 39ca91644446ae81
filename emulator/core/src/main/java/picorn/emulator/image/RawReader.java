// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Raw binaries: the file is what memory shall hold, and the user says where. */
final class RawReader {
    /** What people hand over by mistake; told by its first octets. */
    private enum Foreign {
        GZIP("a gzip file", "unpack it first", 0x1F, 0x8B),
        ZIP("a zip file", "unpack it first", 'P', 'K', 3, 4),
        XZ("an xz file", "unpack it first", 0xFD, '7', 'z', 'X', 'Z'),
        SRECORD("a Motorola S-record file", "convert it with objcopy -O ihex", 'S', '0'),
        DFU("a DfuSe file", "take the ELF or HEX file it was made from", 'D', 'f', 'u', 'S', 'e'),
        FIT("a device tree or FIT image", "take the uImage or ELF file", 0xD0, 0x0D, 0xFE, 0xED),
        FLAT("a uClinux flat executable", "it belongs into the file system of an image", 'b', 'F', 'L', 'T'),
        ARCHIVE("a library", "link it to a program", '!', '<', 'a', 'r', 'c', 'h', '>'),
        PE("a Windows program", "name a firmware image", 'M', 'Z');

        private final String what;
        private final String mend;
        private final int[] magic;

        Foreign(String what, String mend, int... magic) {
            this.what = what;
            this.mend = mend;
            this.magic = magic;
        }
    }

    private RawReader() {}

    static Image read(Octets file, int address) throws BadImage {
        Segment all = new Segment(address, file.copy(0, file.size(), "the file"));
        return new Image(
                file.file(),
                ImageFormat.RAW,
                "raw binary at 0x%08x".formatted(address),
                List.of(all),
                OptionalInt.empty(),
                Symbols.NONE);
    }

    /** Refuses a file that nothing recognises and that has no address. */
    static Image refuse(Octets file) throws BadImage {
        for (Foreign foreign : Foreign.values()) {
            if (file.startsWith(foreign.magic)) {
                throw file.bad("it is " + foreign.what, foreign.mend);
            }
        }
        throw file.bad(
                "it is no ELF, Intel HEX or uImage file (it starts with %s)".formatted(firstOctets(file)),
                "if it is a raw binary, give the address it belongs to");
    }

    private static String firstOctets(Octets file) {
        return IntStream.range(0, Math.min(4, file.size()))
                .mapToObj(i -> "%02x".formatted(file.at(i)))
                .collect(Collectors.joining(" "));
    }
}
