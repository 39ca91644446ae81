// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Builds small executable ELF files, laid out as GNU ld does: headers, segments, symbols, names, section headers. */
final class ElfBuilder {
    private static final int HEADER = 52;
    private static final int PROGRAM_HEADER = 32;
    private static final int SECTION_HEADER = 40;

    private record Part(int virtual, int physical, byte[] bytes, int memorySize) {}

    private record Entry(String name, int value, int size, int info, int section) {}

    private final List<Part> parts = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private int entry;
    private int skippedBefore;

    ElfBuilder entry(int address) {
        entry = address;
        return this;
    }

    /** A PT_LOAD segment, and one section over it. */
    ElfBuilder load(int virtual, int physical, byte[] bytes) {
        return load(virtual, physical, bytes, bytes.length);
    }

    ElfBuilder load(int virtual, int physical, byte[] bytes, int memorySize) {
        parts.add(new Part(virtual, physical, bytes, memorySize));
        return this;
    }

    /** Lets the first segment start at offset 0 of the file, with the ELF's own headers before its section. */
    ElfBuilder headersInFirstSegment() {
        skippedBefore = -1;
        return this;
    }

    /** A symbol in section {@code section}; sections are numbered from 1 as segments are loaded. */
    ElfBuilder symbol(String name, int value, int size, int info, int section) {
        entries.add(new Entry(name, value, size, info, section));
        return this;
    }

    byte[] build() {
        int dataStart = HEADER + parts.size() * PROGRAM_HEADER;
        int before = skippedBefore < 0 ? dataStart : 0;
        ByteBuffer headers = buffer(dataStart);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        ByteArrayOutputStream sections = new ByteArrayOutputStream();
        section(sections, 0, 0, 0, 0, 0, 0, 0);
        headers.position(HEADER);
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            int in = i == 0 ? before : 0;
            int at = dataStart + body.size();
            headers.putInt(1).putInt(at - in).putInt(part.virtual - in).putInt(part.physical - in);
            headers.putInt(part.bytes.length + in)
                    .putInt(part.memorySize + in)
                    .putInt(5)
                    .putInt(4);
            section(sections, part.bytes.length > 0 ? 1 : 8, 2, part.virtual, at, part.memorySize, 0, 0);
            body.writeBytes(part.bytes);
        }
        symbols(dataStart, body, sections);
        header(headers, dataStart + body.size(), sections.size() / SECTION_HEADER);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(headers.array());
        all.writeBytes(body.toByteArray());
        all.writeBytes(sections.toByteArray());
        return all.toByteArray();
    }

    private void symbols(int dataStart, ByteArrayOutputStream body, ByteArrayOutputStream sections) {
        if (entries.isEmpty()) {
            return;
        }
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        names.write(0);
        ByteBuffer table = buffer(16 * (entries.size() + 1)).position(16);
        for (Entry symbol : entries) {
            table.putInt(names.size()).putInt(symbol.value).putInt(symbol.size);
            table.put((byte) symbol.info).put((byte) 0).putShort((short) symbol.section);
            names.writeBytes((symbol.name + "\0").getBytes(StandardCharsets.UTF_8));
        }
        int number = sections.size() / SECTION_HEADER;
        section(sections, 2, 0, 0, dataStart + body.size(), table.capacity(), number + 1, 16);
        body.writeBytes(table.array());
        section(sections, 3, 0, 0, dataStart + body.size(), names.size(), 0, 0);
        body.writeBytes(names.toByteArray());
    }

    private void header(ByteBuffer in, int sectionHeaders, int sectionCount) {
        in.position(0);
        in.put(new byte[] {0x7F, 'E', 'L', 'F', 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        in.putShort((short) 2)
                .putShort((short) 40)
                .putInt(1)
                .putInt(entry)
                .putInt(HEADER)
                .putInt(sectionHeaders);
        in.putInt(0x0500_0200).putShort((short) HEADER).putShort((short) PROGRAM_HEADER);
        in.putShort((short) parts.size()).putShort((short) SECTION_HEADER).putShort((short) sectionCount);
    }

    private static void section(
            ByteArrayOutputStream out, int type, int flags, int address, int offset, int size, int link, int each) {
        ByteBuffer in =
                buffer(SECTION_HEADER).putInt(0).putInt(type).putInt(flags).putInt(address);
        in.putInt(offset).putInt(size).putInt(link).putInt(0).putInt(4).putInt(each);
        out.writeBytes(in.array());
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
