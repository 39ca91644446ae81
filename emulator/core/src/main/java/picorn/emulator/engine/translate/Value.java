// SPDX-License-Identifier: MIT
package picorn.emulator.engine.translate;

import java.util.List;

/** What is known of a value while a method is evaluated partially. */
public sealed interface Value {
    /** A value that is known now: an Integer, a Long, or any object. */
    record Constant(Object value) implements Value {
        /** The known number. */
        public int number() {
            return value instanceof Boolean truth ? (truth ? 1 : 0) : (Integer) value;
        }
    }

    /** A value that will be in a local variable of the translated method; {@code type} is I, J or A. */
    record Local(int number, char type) implements Value {}

    /**
     * A value that {@code op} will compute from {@code operands}, without effect and whenever asked.
     *
     * @param type I, J or A
     */
    record Computed(Op op, List<Value> operands, char type) implements Value {}

    /** I, J or A. */
    static char typeOf(Value value) {
        if (value instanceof Local local) {
            return local.type;
        }
        if (value instanceof Computed computed) {
            return computed.type;
        }
        Object known = ((Constant) value).value;
        return known instanceof Integer || known instanceof Boolean ? 'I' : known instanceof Long ? 'J' : 'A';
    }

    /** Whether it is known to be {@code number}. */
    static boolean is(Value value, int number) {
        return value instanceof Constant known && known.value instanceof Integer i && i == number;
    }

    /** Whether {@code local} has a part in it. */
    static boolean refersTo(Value value, Local local) {
        return value.equals(local)
                || value instanceof Computed computed
                        && computed.operands.stream().anyMatch(operand -> refersTo(operand, local));
    }

    /** The same with {@code with} in place of {@code local}. */
    static Value replaced(Value value, Local local, Local with) {
        if (value.equals(local)) {
            return with;
        }
        if (value instanceof Computed computed && refersTo(value, local)) {
            return new Computed(
                    computed.op,
                    computed.operands.stream()
                            .map(operand -> replaced(operand, local, with))
                            .toList(),
                    computed.type);
        }
        return value;
    }
}
