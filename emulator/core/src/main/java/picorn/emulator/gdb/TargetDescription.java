// SPDX-License-Identifier: MIT
package picorn.emulator.gdb;

import java.util.List;

/** The documents that GDB reads about its target: registers (appendix G) and memory ("Memory Map Format"). */
final class TargetDescription {
    private static final long SPACE = 1L << 32;

    private TargetDescription() {}

    /** The registers of a Cortex-M4 with FPU. */
    static String target() {
        StringBuilder xml = new StringBuilder(
                """
                <?xml version="1.0"?>
                <!DOCTYPE target SYSTEM "gdb-target.dtd">
                <target version="1.0">
                <architecture>arm</architecture>
                """);
        RegisterFile.features().forEach(feature -> add(xml, feature));
        return xml.append("</target>\n").toString();
    }

    private static void add(StringBuilder xml, RegisterFile.Feature feature) {
        xml.append("<feature name=\"%s\">\n".formatted(feature.name()));
        feature.entries()
                .forEach(entry -> xml.append("<reg name=\"%s\" bitsize=\"%d\" type=\"%s\"/>\n"
                        .formatted(entry.name(), entry.bits(), entry.type())));
        xml.append("</feature>\n");
    }

    /** The flash memory by sectors of one size; all else can be written as RAM, or be found to be nothing. */
    static String memoryMap(List<FlashArea> flash) {
        StringBuilder xml = new StringBuilder(
                """
                <?xml version="1.0"?>
                <!DOCTYPE memory-map PUBLIC "+//IDN gnu.org//DTD GDB Memory Map V1.0//EN"
                 "http://sourceware.org/gdb/gdb-memory-map.dtd">
                <memory-map>
                """);
        long from = 0;
        for (FlashArea area : flash) {
            long base = Integer.toUnsignedLong(area.base());
            addRam(xml, from, base);
            xml.append("<memory type=\"flash\" start=\"0x%x\" length=\"0x%x\">".formatted(base, area.size()));
            xml.append("<property name=\"blocksize\">0x%x</property></memory>\n".formatted(area.sector()));
            from = base + area.size();
        }
        addRam(xml, from, SPACE);
        return xml.append("</memory-map>\n").toString();
    }

    private static void addRam(StringBuilder xml, long from, long to) {
        if (from < to) {
            xml.append("<memory type=\"ram\" start=\"0x%x\" length=\"0x%x\"/>\n".formatted(from, to - from));
        }
    }
}
