// SPDX-License-Identifier: MIT
package picorn.emulator.state;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes objects as {@link ObjectReader} reads them: first those that are always there, then what their fields lead to. */
final class ObjectWriter {
    private final ObjectShape shape;
    private final StateWriter out;
    private final Map<Object, Integer> numbers = new IdentityHashMap<>();
    /** All nodes by their numbers; the contents of the later ones are still to be written. */
    private final List<Object> nodes = new ArrayList<>();

    ObjectWriter(ObjectShape shape, StateWriter out) {
        this.shape = shape;
        this.out = out;
    }

    void write(List<?> roots) {
        shape.skeleton(roots).forEach(this::number);
        out.int32(nodes.size());
        nodes.forEach(node -> out.text(node.getClass().getName()));
        for (int i = 0; i < nodes.size(); i++) { // it grows
            contents(nodes.get(i));
        }
    }

    private void number(Object node) {
        numbers.put(node, nodes.size());
        nodes.add(node);
    }

    private void contents(Object node) {
        if (node.getClass().isArray()) {
            array(node);
        } else if (node instanceof Map<?, ?> map) {
            out.int32(map.size());
            map.forEach((key, value) -> {
                reference(key, node.getClass(), "a key");
                reference(value, node.getClass(), "a value");
            });
        } else if (node instanceof Collection<?> collection) {
            out.int32(collection.size());
            collection.forEach(element -> reference(element, node.getClass(), "an element"));
        } else {
            shape.fields(node.getClass()).forEach(field -> value(field.getType(), ObjectShape.get(field, node), field));
        }
    }

    private void array(Object array) {
        Class<?> element = array.getClass().getComponentType();
        if (array instanceof byte[] octets) {
            out.octets(octets);
            return;
        }
        int length = Array.getLength(array);
        out.int32(length);
        for (int i = 0; i < length; i++) {
            if (element.isPrimitive()) {
                primitive(Array.get(array, i));
            } else {
                reference(Array.get(array, i), array.getClass(), "an element");
            }
        }
    }

    private void value(Class<?> type, Object value, Field field) {
        if (type.isPrimitive()) {
            primitive(value);
        } else {
            reference(value, field.getDeclaringClass(), field.getName());
        }
    }

    private void primitive(Object value) {
        if (value instanceof Long number) {
            out.int64(number);
        } else if (value instanceof Boolean flag) {
            out.flag(flag);
        } else if (value instanceof Double number) {
            out.int64(Double.doubleToRawLongBits(number));
        } else if (value instanceof Character character) {
            out.int32(character);
        } else {
            out.int32(((Number) value).intValue());
        }
    }

    private void tag(ObjectTag tag) {
        out.int8(tag.ordinal());
    }

    private void reference(Object value, Class<?> of, String where) {
        if (value == null) {
            tag(ObjectTag.NULL);
        } else if (numbers.containsKey(value)) {
            tag(ObjectTag.KNOWN);
            out.int32(numbers.get(value));
        } else if (shape.isOurs(value.getClass()) && shape.constant(value).isPresent()) {
            tag(ObjectTag.CONSTANT);
            out.text(ObjectShape.owner(value).getName());
            out.text(shape.constant(value).get());
        } else if (shape.isNode(value.getClass())) {
            node(value);
        } else {
            immutable(value, of, where);
        }
    }

    private void node(Object value) {
        Class<?> type = value.getClass();
        tag(type.isArray() ? ObjectTag.ARRAY : ObjectTag.NODE);
        if (type.isArray()) {
            out.int32(Array.getLength(value));
        } else {
            out.text(type.getName());
        }
        number(value);
    }

    private void immutable(Object value, Class<?> of, String where) {
        if (value instanceof String text) {
            tag(ObjectTag.STRING);
            out.text(text);
        } else if (value instanceof Integer number) {
            tag(ObjectTag.INTEGER);
            out.int32(number);
        } else if (value instanceof Long number) {
            tag(ObjectTag.LONG);
            out.int64(number);
        } else if (value instanceof Boolean flag) {
            tag(ObjectTag.BOOLEAN);
            out.flag(flag);
        } else if (value instanceof Optional<?> optional) {
            tag(ObjectTag.OPTIONAL);
            reference(optional.orElse(null), of, where);
        } else {
            compound(value, of, where);
        }
    }

    private void compound(Object value, Class<?> of, String where) {
        if (shape.isOurs(value.getClass())) {
            tag(ObjectTag.RECORD);
            out.text(value.getClass().getName());
            shape.fields(value.getClass())
                    .forEach(field -> value(field.getType(), ObjectShape.get(field, value), field));
        } else if (value instanceof ByteBuffer buffer) {
            tag(ObjectTag.BUFFER);
            out.int32(buffer.capacity());
        } else if (value instanceof List<?> || value instanceof Set<?>) {
            Collection<?> elements = (Collection<?>) value;
            tag(value instanceof List<?> ? ObjectTag.LIST : ObjectTag.SET);
            out.int32(elements.size());
            elements.forEach(element -> reference(element, of, where));
        } else if (value.getClass().isHidden() || !value.getClass().getName().startsWith("java.")) {
            tag(ObjectTag.FIXED);
        } else {
            throw new IllegalStateException("%s of %s holds a %s, which cannot be saved"
                    .formatted(where, of.getName(), value.getClass().getName()));
        }
    }
}
