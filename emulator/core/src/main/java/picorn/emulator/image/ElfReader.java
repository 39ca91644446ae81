// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Executable ELF files for 32-bit, little-endian ARM (System V ABI, edition 4.1, chapters 4 and 5; ELF for the Arm Architecture).
 * A segment goes to its physical address, which is where flash holds it before the start-up code copies it.
 */
final class ElfReader {
    private static final String AGAIN = "it is corrupt: copy or build it again";

    private final Octets file;
    private final ElfHeader header;
    private final List<ElfSection> sections;
    private long total;

    private ElfReader(Octets file) throws BadImage {
        this.file = file;
        ElfTarget.check(file);
        this.header = ElfHeader.parse(file);
        ElfTarget.check(file, header);
        this.sections = sections();
    }

    static boolean recognises(Octets file) {
        return file.startsWith(0x7F, 'E', 'L', 'F');
    }

    static Image read(Octets file) throws BadImage {
        ElfReader reader = new ElfReader(file);
        return new Image(
                file.file(),
                ImageFormat.ELF,
                "ELF",
                reader.segments(),
                OptionalInt.of(reader.header.entry()),
                ElfSymbols.read(
                        file,
                        reader.sections,
                        ElfDebugSections.lines(file, reader.sections, reader.header.sectionNames())));
    }

    private List<Segment> segments() throws BadImage {
        ByteBuffer table = table(
                header.programHeaders(),
                header.programHeaderCount(),
                header.programHeaderSize(),
                ElfProgramHeader.SIZE,
                "program header");
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < header.programHeaderCount(); i++) {
            ElfProgramHeader wanted = ElfProgramHeader.parse(table.position(i * ElfProgramHeader.SIZE));
            if (wanted.loads()) {
                segments.add(segment(wanted, i));
            }
        }
        if (segments.isEmpty()) {
            throw file.bad("it has no segment to load", "link it: an image needs a PT_LOAD program header");
        }
        return segments;
    }

    private Segment segment(ElfProgramHeader wanted, int number) throws BadImage {
        if (wanted.fileSize() > wanted.memorySize()) {
            throw file.bad(
                    "segment %d has %d octets in the file, but %d in memory (program header at offset 0x%x)"
                            .formatted(
                                    number,
                                    wanted.fileSize(),
                                    wanted.memorySize(),
                                    header.programHeaders() + number * ElfProgramHeader.SIZE),
                    AGAIN);
        }
        total += wanted.fileSize();
        if (total > Image.LARGEST) {
            throw file.bad(
                    "its segments up to number %d hold more than %d MB".formatted(number, Image.LARGEST >> 20), AGAIN);
        }
        long skipped = headersIn(wanted);
        return new Segment(
                wanted.physical() + (int) skipped,
                file.copy(wanted.offset() + skipped, wanted.fileSize() - skipped, "segment " + number));
    }

    /** Octets at the start of a segment that are the ELF file's own headers, which GNU ld lets in when a page has room for them. */
    private long headersIn(ElfProgramHeader wanted) {
        if (wanted.offset() >= header.size()) {
            return 0;
        }
        return sections.stream()
                .filter(ElfSection::isLoaded)
                .mapToLong(section -> section.offset() - wanted.offset())
                .filter(skipped -> skipped >= 0 && skipped < wanted.fileSize())
                .min()
                .orElse(0);
    }

    private List<ElfSection> sections() throws BadImage {
        ByteBuffer table = table(
                header.sectionHeaders(),
                header.sectionHeaderCount(),
                header.sectionHeaderSize(),
                ElfSection.SIZE,
                "section header");
        List<ElfSection> all = new ArrayList<>();
        for (int i = 0; i < header.sectionHeaderCount(); i++) {
            all.add(ElfSection.parse(table.position(i * ElfSection.SIZE)));
        }
        return all;
    }

    private ByteBuffer table(long at, int count, int size, int rightSize, String what) throws BadImage {
        if (count > 0 && size != rightSize) {
            throw file.bad("each %s has %d octets instead of %d".formatted(what, size, rightSize), AGAIN);
        }
        return file.view(
                count > 0 ? at : 0, (long) count * rightSize, ByteOrder.LITTLE_ENDIAN, "the table of " + what + "s");
    }
}
