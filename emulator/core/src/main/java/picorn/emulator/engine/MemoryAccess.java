// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import static org.objectweb.asm.Opcodes.*;

import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Type;
import picorn.emulator.engine.translate.Emitter;
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

    void read(GuestPath path, Value where, int bits) {
        if (where instanceof Constant known && bits == 32) {
            Integer literal = translator.unit().literal(known.number());
            if (literal != null) {
                translator.give(path, new Constant(literal));
                return;
            }
        }
        Value address = translator.settle(where);
        Value.Local at = offset(address);
        Value.Local value = emitter.temporary('I');
        Label done = new Label();
        Label otherwise = leaving(
                "read" + bits, "(" + CORE + "III)I", () -> emitter.load(address), () -> emitter.store(value), done);
        emitter.load(Variables.OCTETS);
        emitter.load(at);
        emitter.call(Window.class, "shows" + bits, "([BI)Z");
        emitter.jump(IFEQ, otherwise);
        emitter.load(Variables.OCTETS);
        emitter.load(at);
        emitter.call(Window.class, "get" + bits, "([BI)I");
        emitter.store(value);
        finish(path, done);
        translator.give(path, value);
    }

    void write(GuestPath path, List<Value> arguments, int bits) {
        Value address = translator.settle(arguments.get(1));
        Value value = translator.settle(arguments.get(2));
        Value.Local at = offset(address);
        Label done = new Label();
        Runnable both = () -> {
            emitter.load(address);
            emitter.load(value);
        };
        Label otherwise = leaving("write" + bits, "(" + CORE + "IIII)V", both, () -> {}, done);
        emitter.load(Variables.OCTETS);
        emitter.load(Variables.CODE);
        emitter.load(at);
        emitter.call(Window.class, "takes" + bits, "([B[BI)Z");
        emitter.jump(IFEQ, otherwise);
        emitter.load(Variables.OCTETS);
        emitter.load(at);
        emitter.load(value);
        emitter.call(Window.class, "put" + bits, "([BII)V");
        finish(path, done);
    }

    private Value.Local offset(Value address) {
        emitter.load(InstructionTranslator.combined(ISUB, address, Variables.BASE));
        return translator.pop('I');
    }

    /** Code out of the way that makes a call; {@code arguments} pushes those between the core and where it is. */
    private Label leaving(String method, String descriptor, Runnable arguments, Runnable result, Label done) {
        int it = translator.it();
        int pc = translator.instruction().address;
        int taken = translator.after() + 1;
        CoreState state = translator.unit().state();
        Label aborted = translator.beginAnewLabel();
        return translator.unit().stub(() -> {
            if (it != 0) {
                state.storeIt(it);
            }
            emitter.load(Variables.CORE);
            arguments.run();
            emitter.load(pc);
            state.loadLeft(taken);
            emitter.call(Leaving.class, method, descriptor);
            result.run();
            state.reloadLeft(taken);
            state.jumpIfAborted(IFNE, aborted);
            if (it != 0) {
                state.storeIt(0);
            }
            emitter.jump(GOTO, done);
        });
    }

    private void finish(GuestPath path, Label done) {
        emitter.place(done);
        path.changed = true;
        path.shortened = true;
    }
}
