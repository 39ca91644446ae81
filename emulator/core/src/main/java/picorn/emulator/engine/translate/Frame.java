// SPDX-License-Identifier: MIT
package picorn.emulator.engine.translate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** A method under way: its local variables, its operand stack, where it is, and who called it. */
final class Frame {
    final Code code;
    /** Null in the outermost one. */
    final Frame caller;

    final Value[] locals;
    final List<Value> stack;
    int index;

    Frame(Code code, Frame caller, List<Value> arguments) {
        this.code = code;
        this.caller = caller;
        locals = new Value[code.locals()];
        stack = new ArrayList<>();
        int variable = 0;
        for (Value argument : arguments) {
            locals[variable] = argument;
            variable += Value.typeOf(argument) == 'J' ? 2 : 1;
        }
    }

    private Frame(Frame other) {
        code = other.code;
        caller = other.caller == null ? null : other.caller.copy();
        locals = other.locals.clone();
        stack = new ArrayList<>(other.stack);
        index = other.index;
    }

    Frame copy() {
        return new Frame(this);
    }

    void push(Value value) {
        stack.add(value);
    }

    Value pop() {
        return stack.remove(stack.size() - 1);
    }

    /** Changes each value in it and in its callers. */
    void replaceAll(UnaryOperator<Value> change) {
        stack.replaceAll(change);
        Arrays.setAll(locals, variable -> locals[variable] == null ? null : change.apply(locals[variable]));
        if (caller != null) {
            caller.replaceAll(change);
        }
    }

    boolean refersTo(Value.Local local) {
        return stack.stream().anyMatch(value -> Value.refersTo(value, local))
                || Arrays.stream(locals).anyMatch(value -> value != null && Value.refersTo(value, local))
                || caller != null && caller.refersTo(local);
    }
}
