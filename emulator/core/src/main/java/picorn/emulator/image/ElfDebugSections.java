// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import picorn.emulator.dwarf.DebugSections;
import picorn.emulator.dwarf.SourceLines;

/** Finds an ELF file's debugging information by the names of its sections. What is missing or makes no sense is left out. */
final class ElfDebugSections {
    private static final int SHF_COMPRESSED = 1 << 11;
    private static final byte[] NONE = {};

    private final Octets file;
    private final List<ElfSection> sections;
    private final int names;

    private ElfDebugSections(Octets file, List<ElfSection> sections, int names) {
        this.file = file;
        this.sections = sections;
        this.names = names;
    }

    /** @param names number of the section with the sections' names */
    static SourceLines lines(Octets file, List<ElfSection> sections, int names) {
        ElfDebugSections found = new ElfDebugSections(file, sections, names);
        return new SourceLines(new DebugSections(
                found.named(".debug_line"), found.named(".debug_line_str"), found.named(".debug_str")));
    }

    private byte[] named(String name) {
        try {
            for (ElfSection section : sections) {
                if (isNamed(section, name) && (section.flags() & SHF_COMPRESSED) == 0) {
                    return file.copy(section.offset(), section.size(), name);
                }
            }
        } catch (BadImage e) {
            // what is loaded may be sound all the same
        }
        return NONE;
    }

    private boolean isNamed(ElfSection section, String name) throws BadImage {
        if (names >= sections.size() || section.type() == ElfSection.SHT_NOBITS) {
            return false;
        }
        byte[] wanted = (name + "\0").getBytes(StandardCharsets.US_ASCII);
        ElfSection table = sections.get(names);
        long at = Integer.toUnsignedLong(section.name());
        if (at + wanted.length > table.size()) {
            return false;
        }
        ByteBuffer there = file.view(table.offset() + at, wanted.length, ByteOrder.LITTLE_ENDIAN, "a section's name");
        byte[] octets = new byte[wanted.length];
        there.get(octets);
        return Arrays.equals(octets, wanted);
    }
}
