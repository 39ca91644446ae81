// SPDX-License-Identifier: MIT
package picorn.emulator.gdb;

import java.util.ArrayList;
import java.util.List;
import picorn.emulator.cpu.Reg;
import picorn.emulator.debug.Debugger;

/** The registers in the order that GDB is told of, each with what the target description (appendix G) says of it. */
final class RegisterFile {
    /**
     * One of GDB's registers, which may be two of ours.
     *
     * @param parts the registers that it is made of, the least significant first
     */
    record Entry(String name, String type, List<Reg> parts) {
        int bits() {
            return 32 * parts.size();
        }

        int octets() {
            return 4 * parts.size();
        }
    }

    /** A standard feature of GDB's and the registers in it. */
    record Feature(String name, List<Entry> entries) {}

    private static final int DOUBLES = 16;
    private static final List<Feature> FEATURES = List.of(
            new Feature("org.gnu.gdb.arm.m-profile", coreRegisters()),
            new Feature("org.gnu.gdb.arm.vfp", floatingPoint()),
            new Feature("org.gnu.gdb.arm.m-system", system()));
    private static final List<Entry> ALL =
            FEATURES.stream().flatMap(feature -> feature.entries().stream()).toList();

    private final Debugger debugger;

    RegisterFile(Debugger debugger) {
        this.debugger = debugger;
    }

    static List<Feature> features() {
        return FEATURES;
    }

    private static List<Entry> coreRegisters() {
        List<Entry> entries = new ArrayList<>();
        for (int n = 0; n <= 12; n++) {
            entries.add(new Entry("r" + n, "uint32", List.of(Reg.core(n))));
        }
        entries.add(new Entry("sp", "data_ptr", List.of(Reg.SP)));
        entries.add(new Entry("lr", "uint32", List.of(Reg.LR)));
        entries.add(new Entry("pc", "code_ptr", List.of(Reg.PC)));
        entries.add(new Entry("xpsr", "uint32", List.of(Reg.XPSR)));
        return entries;
    }

    private static List<Entry> floatingPoint() {
        List<Entry> entries = new ArrayList<>();
        for (int n = 0; n < DOUBLES; n++) {
            entries.add(new Entry("d" + n, "ieee_double", List.of(Reg.single(2 * n), Reg.single(2 * n + 1))));
        }
        entries.add(new Entry("fpscr", "uint32", List.of(Reg.FPSCR)));
        return entries;
    }

    private static List<Entry> system() {
        return List.of(
                new Entry("msp", "data_ptr", List.of(Reg.MSP)),
                new Entry("psp", "data_ptr", List.of(Reg.PSP)),
                new Entry("primask", "uint32", List.of(Reg.PRIMASK)),
                new Entry("basepri", "uint32", List.of(Reg.BASEPRI)),
                new Entry("faultmask", "uint32", List.of(Reg.FAULTMASK)),
                new Entry("control", "uint32", List.of(Reg.CONTROL)));
    }

    /** All of them, in hexadecimal digits. */
    String readAll() {
        StringBuilder text = new StringBuilder();
        ALL.forEach(entry -> text.append(read(entry)));
        return text.toString();
    }

    /** The one of number {@code n}. */
    String read(int n) throws MalformedPacket {
        return read(entry(n));
    }

    private String read(Entry entry) {
        StringBuilder text = new StringBuilder();
        entry.parts().forEach(part -> text.append(Hex.word(debugger.get(part))));
        return text.toString();
    }

    void write(int n, Arguments value) throws MalformedPacket {
        Entry entry = entry(n);
        write(entry, value.hex(entry.octets()), 0);
    }

    void writeAll(Arguments values) throws MalformedPacket {
        byte[] octets = values.hex(ALL.stream().mapToInt(Entry::octets).sum());
        int at = 0;
        for (Entry entry : ALL) {
            write(entry, octets, at);
            at += entry.octets();
        }
    }

    private void write(Entry entry, byte[] octets, int at) {
        int from = at;
        for (Reg part : entry.parts()) {
            int value = 0;
            for (int i = 0; i < Integer.BYTES; i++) {
                value |= (octets[from++] & 0xFF) << 8 * i;
            }
            debugger.set(part, value);
        }
    }

    private static Entry entry(int n) throws MalformedPacket {
        if (n < 0 || n >= ALL.size()) {
            throw MalformedPacket.INSTANCE;
        }
        return ALL.get(n);
    }
}
