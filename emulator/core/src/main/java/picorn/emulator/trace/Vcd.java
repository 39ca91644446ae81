// SPDX-License-Identifier: MIT
package picorn.emulator.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picorn.emulator.time.Clock;

/**
 * A value change dump (IEEE 1364-2005, chapter 18) of single wires, as GTKWave shows them, in picoseconds: declare wires, then
 * {@link #begin}, then {@link #set} them as they change.
 */
public final class Vcd {
    private static final char FIRST_CODE = '!';
    private static final int CODES = '~' - FIRST_CODE + 1;

    private final TextOut out;
    private final Clock clock;
    private final Map<String, List<Wire>> modules = new LinkedHashMap<>();
    private long written = -1;

    /** A wire: its value was 0 or 1 from the beginning on. */
    public static final class Wire {
        private final String name;
        private final String code;
        private boolean high;

        private Wire(String name, String code, boolean high) {
            this.name = name;
            this.code = code;
            this.high = high;
        }
    }

    /** Writes to {@code out} what changes at {@code clock}'s time. */
    public Vcd(TextOut out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    /** Declares a wire of a module; what in the names is no letter, digit or underscore becomes an underscore. */
    public Wire wire(String module, String name, boolean high) {
        int number = modules.values().stream().mapToInt(List::size).sum();
        Wire wire = new Wire(name.replaceAll("\\W", "_"), code(number), high);
        modules.computeIfAbsent(module.replaceAll("\\W", "_"), key -> new ArrayList<>())
                .add(wire);
        return wire;
    }

    private static String code(int number) {
        char last = (char) (FIRST_CODE + number % CODES);
        return number < CODES ? "" + last : code(number / CODES - 1) + last;
    }

    /** Writes the declarations and the values at this time. */
    public void begin() {
        out.text("$timescale 1 ps $end\n$scope module picorn $end\n");
        modules.forEach((module, wires) -> {
            out.text("$scope module ").text(module).text(" $end\n");
            wires.forEach(wire -> out.text("$var wire 1 ")
                    .text(wire.code)
                    .text(" ")
                    .text(wire.name)
                    .text(" $end\n"));
            out.text("$upscope $end\n");
        });
        out.text("$upscope $end\n$enddefinitions $end\n");
        time();
        out.text("$dumpvars\n");
        modules.values().forEach(wires -> wires.forEach(this::value));
        out.text("$end\n");
    }

    private void time() {
        long now = clock.now();
        if (now != written) {
            written = now;
            out.put('#').number(now).put('\n');
        }
    }

    private void value(Wire wire) {
        out.put(wire.high ? '1' : '0').text(wire.code).put('\n');
    }

    /** From now on {@code wire} has this value. */
    public void set(Wire wire, boolean high) {
        if (wire.high != high) {
            wire.high = high;
            time();
            value(wire);
        }
    }

    /** Writes the time at which the dump ends. */
    public void end() {
        time();
        out.flush();
    }
}
