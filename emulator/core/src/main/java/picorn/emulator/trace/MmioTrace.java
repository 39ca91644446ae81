// SPDX-License-Identifier: MIT
package picorn.emulator.trace;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import picorn.emulator.bus.BusObserver;
import picorn.emulator.bus.Device;
import picorn.emulator.bus.Region;
import picorn.emulator.bus.RegisterShape;
import picorn.emulator.image.Symbols;

/**
 * Writes down software's accesses to registers, modelled or not, with their fields: of a read those that are not 0, of a write those
 * that change, and those of which what was written does not show. What a write sets off at once stands before it.
 */
public final class MmioTrace implements BusObserver {
    private static final String KIND = "mmio";

    private final TraceText out;
    private final TraceFilter filter;
    private final IntSupplier pc;
    private final Places places;
    private final Map<Device, RegisterShape[]> shapes = new IdentityHashMap<>();
    private boolean anyField;

    /** Of accesses by the instruction at {@code pc}. */
    public MmioTrace(TraceText out, TraceFilter filter, IntSupplier pc, Symbols symbols) {
        this.out = out;
        this.filter = filter;
        this.pc = pc;
        places = new Places(symbols);
    }

    private RegisterShape shape(Region.Registers at, int address) {
        RegisterShape[] known = shapes.get(at.device());
        if (known == null) {
            known = new RegisterShape[at.size() + 3 >>> 2];
            shapes.put(at.device(), known);
        }
        int word = address - at.base() >>> 2;
        if (known[word] == null) {
            known[word] = at.device().shapeAt(word << 2);
        }
        return known[word];
    }

    private boolean lets(RegisterShape shape) {
        return filter.block(shape.name()) && filter.place(pc.getAsInt());
    }

    @Override
    public void read(Region.Registers at, int address, int width, int value) {
        RegisterShape shape = shape(at, address);
        if (lets(shape)) {
            begin("read", shape, address, width, value);
            fields(shape.fields(), value << 8 * (address & 3));
            end(at);
        }
    }

    @Override
    public void written(Region.Registers at, int address, int width, int value, int before, int after) {
        RegisterShape shape = shape(at, address);
        if (lets(shape)) {
            begin("write", shape, address, width, value);
            if (before != after) {
                out.text(" (").hex(before).text(" -> ").hex(after).text(")");
            }
            changes(shape.fields(), value << 8 * (address & 3), before, after);
            end(at);
        }
    }

    private void begin(String what, RegisterShape shape, int address, int width, int value) {
        out.line(KIND).text(what);
        if (width < 4) {
            out.number(8L * width);
        }
        out.text(" ").text(shape.name());
        if ((address & 3) != 0) {
            out.text("+").number(address & 3);
        }
        out.text(" = ").hex(value, width);
        anyField = false;
    }

    private void fields(List<RegisterShape.Part> fields, int value) {
        for (int i = 0; i < fields.size(); i++) {
            RegisterShape.Part field = fields.get(i);
            if ((field.mask() & value) != 0) {
                name(field).text("=").number(Integer.toUnsignedLong(field.in(value)));
            }
        }
    }

    private void changes(List<RegisterShape.Part> fields, int written, int before, int after) {
        for (int i = 0; i < fields.size(); i++) {
            RegisterShape.Part field = fields.get(i);
            if ((field.mask() & (before ^ after)) != 0) {
                name(field).text(" ").number(unsigned(field, before)).text("->").number(unsigned(field, after));
            } else if ((field.mask() & written & ~after) != 0) {
                name(field).text("=").number(unsigned(field, written));
            }
        }
    }

    private static long unsigned(RegisterShape.Part field, int value) {
        return Integer.toUnsignedLong(field.in(value));
    }

    private TraceText name(RegisterShape.Part field) {
        out.text(anyField ? ", " : ": ").text(field.name());
        anyField = true;
        return out;
    }

    private void end(Region.Registers at) {
        if (!at.gate().isOpen()) {
            out.text(" (its clock is off)");
        }
        out.text(", at ").text(places.of(pc.getAsInt())).end();
    }
}
