// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import static org.objectweb.asm.Opcodes.*;

import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Type;
import picorn.emulator.engine.translate.Emitter;
import picorn.emulator.engine.translate.Unsupported;
import picorn.emulator.engine.translate.Value;
import picorn.emulator.engine.translate.Value.Constant;

/** Loads and stores of translated code: in the {@link Window}, or else by a call that sees where the core is and may end the run. */
final class MemoryAccess {
    private static final String CORE = Type.getDescriptor(Core.class);

    private final InstructionTranslator translator;
    private final Emitter emitter;

    MemoryAccess(InstructionTranslator translator, Emitter emitter) {
        this.translator = translator;
        this.emitter = emitter;
    }

    void read(GuestPath path, Value address, int bits) {
        Integer literal = bits == 32 && address instanceof Constant known
                ? translator.unit().literal(known.number())
                : null;
        if (literal != null) {
            translator.give(path, new Constant(literal));
            return;
        }
        begin();
        emitter.load(Variables.CORE);
        emitter.load(Variables.OCTETS);
        emitter.load(Variables.BASE);
        emitter.load(address);
        place();
        emitter.call(Leaving.class, "read" + bits, "(" + CORE + "[BIIII)I");
        Value.Local value = translator.pop('I');
        finish(path).forEach(each -> translator.give(each, value));
    }

    void write(GuestPath path, List<Value> arguments, int bits) {
        begin();
        emitter.load(Variables.CORE);
        emitter.load(Variables.OCTETS);
        emitter.load(Variables.CODE);
        emitter.load(Variables.BASE);
        emitter.load(arguments.get(1));
        emitter.load(arguments.get(2));
        place();
        emitter.call(Leaving.class, "write" + bits, "(" + CORE + "[B[BIIIII)V");
        finish(path);
    }

    /** ITSTATE has to be seen if the instruction is not completed. */
    private void begin() {
        if (translator.it() != 0) {
            translator.unit().state().storeIt(translator.it());
        }
    }

    private void place() {
        emitter.load(translator.instruction().address);
        translator.unit().state().loadLeft(translator.after() + 1);
    }

    /** Goes another way if the unit is to be left. Returns all ways that go on. */
    private List<GuestPath> finish(GuestPath path) {
        CoreState state = translator.unit().state();
        path.changed = true;
        List<GuestPath> all = path.leaves ? List.of(path) : List.of(path, leaving(path));
        if (path.leaves) {
            state.jumpIfAborted(IFNE, translator.unit().aborted());
        }
        if (translator.it() != 0) {
            state.storeIt(0);
        }
        return all;
    }

    private GuestPath leaving(GuestPath path) {
        CoreState state = translator.unit().state();
        GuestPath leaving = translator.second(path);
        leaving.leaves = true;
        translator.begin(leaving, () -> {
            state.jumpIfAborted(IFNE, translator.unit().aborted());
            if (translator.it() != 0) {
                state.storeIt(0);
            }
        });
        state.jumpIfEvent(translator.entryOf(leaving));
        return leaving;
    }

    /** Several words from {@code start} on, to registers of {@code list} but PC; the base gets {@code after} unless it is loaded. */
    void readMany(GuestPath path, List<Value> arguments) {
        int list = ((Constant) arguments.get(1)).number();
        Value start = translator.settle(arguments.get(2));
        int base = ((Constant) arguments.get(3)).number();
        Value after = translator.settle(arguments.get(4));
        Value.Local at = offsetIfShown(path, list, start, "showsMany", "([BII)Z");
        Value baseValue = after;
        for (int left = list; left != 0; left &= left - 1) {
            int register = Integer.numberOfTrailingZeros(left);
            emitter.load(Variables.OCTETS);
            loadOffset(at, Integer.bitCount(list & (1 << register) - 1));
            emitter.call(Window.class, "get32", "([BI)I");
            if (register == Core.PC || register == base) {
                Value.Local loaded = translator.pop('I');
                if (register == base) {
                    baseValue = loaded;
                } else {
                    target = loaded;
                }
            } else {
                emitter.store(translator.unit().state().changed(register));
            }
        }
        if (base < Core.PC) {
            translator.set(path, translator.unit().state().changed(base), baseValue);
        }
        path.changed = true;
    }

    private Value target;

    /** What {@link #readMany} loaded last for the PC. */
    Value target() {
        return target;
    }

    /** Several words from {@code start} on, of the registers of {@code list}. */
    void writeMany(GuestPath path, List<Value> arguments) {
        int list = ((Constant) arguments.get(1)).number();
        Value start = translator.settle(arguments.get(2));
        Value.Local at = offsetIfShown(path, list, start, "takesMany", "([B[BII)Z");
        for (int left = list; left != 0; left &= left - 1) {
            int register = Integer.numberOfTrailingZeros(left);
            emitter.load(Variables.OCTETS);
            loadOffset(at, Integer.bitCount(list & (1 << register) - 1));
            emitter.load(translator.unit().state().used(register));
            emitter.call(Window.class, "put32", "([BII)V");
        }
        path.changed = true;
    }

    private void loadOffset(Value.Local at, int words) {
        emitter.load(InstructionTranslator.combined(IADD, at, new Constant(4 * words)));
    }

    /** A new variable with the offset of {@code start} in the window; where not all of it is there, the interpreter does it all. */
    private Value.Local offsetIfShown(GuestPath path, int list, Value start, String test, String descriptor) {
        if (path.changed) {
            throw new Unsupported("several accesses after a change");
        }
        emitter.load(InstructionTranslator.combined(ISUB, start, Variables.BASE));
        Value.Local at = translator.pop('I');
        Label otherwise = translator.interpretInstead(path);
        emitter.load(Variables.OCTETS);
        if (descriptor.startsWith("([B[B")) {
            emitter.load(Variables.CODE);
        }
        emitter.load(at);
        emitter.load(Integer.bitCount(list));
        emitter.call(Window.class, test, descriptor);
        emitter.jump(IFEQ, otherwise);
        return at;
    }
}
