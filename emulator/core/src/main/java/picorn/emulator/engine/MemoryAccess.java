// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import static org.objectweb.asm.Opcodes.*;

import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Type;
import picorn.emulator.engine.translate.Emitter;
import picorn.emulator.engine.translate.Value;
import picorn.emulator.engine.translate.Value.Constant;

/**
 * Loads and stores of translated code: in one of the {@link Windows}, or else by a call that sees where the core is and may end the run.
 * The branches are in the unit, so that HotSpot counts them for each access; all but the first window stands after everything else.
 */
final class MemoryAccess {
    private static final String CORE = Type.getDescriptor(Core.class);

    private final InstructionTranslator translator;
    private final Emitter emitter;

    MemoryAccess(InstructionTranslator translator, Emitter emitter) {
        this.translator = translator;
        this.emitter = emitter;
    }

    /** How a kind of access is written. */
    private interface Access {
        /** Pushes whether a window shows what is at an offset. */
        void test(Variables.Shown window, Value.Local at);

        /** Does it there. */
        void perform(Variables.Shown window, Value.Local at);

        /** Does it by a call, for which the core has been pushed. */
        void call(Runnable place);
    }

    void read(GuestPath path, Value address, int bits) {
        Integer literal = bits == 32 && address instanceof Constant known
                ? translator.unit().literal(known.number())
                : null;
        if (literal != null) {
            translator.give(path, new Constant(literal));
            return;
        }
        Value.Local result = emitter.temporary(bits == 64 ? 'J' : 'I');
        access(path, address, new Load(address, bits, result)).forEach(each -> translator.give(each, result));
    }

    void write(GuestPath path, List<Value> arguments, int bits) {
        Value address = arguments.get(1);
        access(path, address, new Store(address, bits, arguments.subList(2, arguments.size())));
    }

    private final class Load implements Access {
        private final Value address;
        private final int bits;
        private final Value.Local result;

        Load(Value address, int bits, Value.Local result) {
            this.address = address;
            this.bits = bits;
            this.result = result;
        }

        @Override
        public void test(Variables.Shown window, Value.Local at) {
            emitter.load(window.octets());
            emitter.load(at);
            emitter.call(Window.class, "shows" + bits, "([BI)Z");
        }

        @Override
        public void perform(Variables.Shown window, Value.Local at) {
            emitter.load(window.octets());
            emitter.load(at);
            emitter.call(Window.class, "get" + bits, "([BI)" + result.type());
            emitter.store(result);
        }

        @Override
        public void call(Runnable place) {
            emitter.load(address);
            place.run();
            emitter.call(Leaving.class, "read" + bits, "(" + CORE + "III)" + result.type());
            emitter.store(result);
        }
    }

    private final class Store implements Access {
        private final Value address;
        private final int bits;
        private final List<Value> values;

        Store(Value address, int bits, List<Value> values) {
            this.address = address;
            this.bits = bits;
            this.values = values;
        }

        @Override
        public void test(Variables.Shown window, Value.Local at) {
            emitter.load(window.octets());
            emitter.load(window.code());
            emitter.load(at);
            emitter.call(Window.class, "takes" + bits, "([B[BI)Z");
        }

        @Override
        public void perform(Variables.Shown window, Value.Local at) {
            emitter.load(window.octets());
            emitter.load(at);
            values.forEach(emitter::load);
            emitter.call(Window.class, "put" + bits, "([BI" + "I".repeat(values.size()) + ")V");
        }

        @Override
        public void call(Runnable place) {
            emitter.load(address);
            values.forEach(emitter::load);
            place.run();
            emitter.call(Leaving.class, "write" + bits, "(" + CORE + "III" + "I".repeat(values.size()) + ")V");
        }
    }

    /** Returns all paths that go on. */
    private List<GuestPath> access(GuestPath path, Value address, Access access) {
        path.changed = true;
        List<GuestPath> all = path.leaves ? List.of(path) : List.of(path, leaving(path));
        Value.Local at = emitter.temporary('I');
        Label done = new Label();
        Runnable call = call(access, all);
        Label second = translator.unit().stub(() -> {
            Label neither = new Label();
            inWindow(Variables.SECOND, address, at, access, neither);
            emitter.jump(GOTO, done);
            emitter.place(neither);
            call.run();
            emitter.jump(GOTO, done);
        });
        inWindow(Variables.FIRST, address, at, access, second);
        emitter.place(done);
        return all;
    }

    private void inWindow(Variables.Shown window, Value address, Value.Local at, Access access, Label otherwise) {
        emitter.load(InstructionTranslator.combined(ISUB, address, window.base()));
        emitter.store(at);
        access.test(window, at);
        emitter.jump(IFEQ, otherwise);
        access.perform(window, at);
    }

    /** What is written later: the instruction is another one then. ITSTATE has to be seen if it is not completed. */
    private Runnable call(Access access, List<GuestPath> paths) {
        UnitWriter unit = translator.unit();
        CoreState state = unit.state();
        int pc = translator.instruction().address;
        int it = translator.it();
        int taken = translator.after() + 1;
        return () -> {
            state.storeItUnlessZero(it);
            emitter.load(Variables.CORE);
            access.call(() -> {
                emitter.load(pc);
                state.loadLeft(taken);
            });
            if (paths.size() == 1) {
                state.jumpIfAborted(IFNE, unit.aborted());
            } else {
                state.jumpIfEvent(translator.entryOf(paths.get(1)));
            }
            state.clearItUnlessZero(it);
        };
    }

    private GuestPath leaving(GuestPath path) {
        CoreState state = translator.unit().state();
        int it = translator.it();
        GuestPath leaving = translator.second(path);
        leaving.leaves = true;
        translator.begin(leaving, () -> {
            state.jumpIfAborted(IFNE, translator.unit().aborted());
            state.clearItUnlessZero(it);
        });
        return leaving;
    }
}
