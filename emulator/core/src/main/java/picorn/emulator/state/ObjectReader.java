// SPDX-License-Identifier: MIT
package picorn.emulator.state;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads objects that {@link ObjectWriter} wrote into others. An object that stands where a saved one stood, and is of its class, takes
 * its state; where there is none, one is made.
 */
final class ObjectReader {
    /** Leave what is there. */
    private static final Object KEEP = new Object();
    /** Whom a new object tells of something, until somebody wants to be told. */
    private static final Runnable NOTHING = () -> {};

    private static final int LARGEST_BUFFER = 1 << 16;

    private final ObjectShape shape;
    private final StateReader in;
    private final List<Object> nodes = new ArrayList<>();
    private final Map<Object, Boolean> taken = new IdentityHashMap<>();

    ObjectReader(ObjectShape shape, StateReader in) {
        this.shape = shape;
        this.in = in;
    }

    void read(List<?> roots) {
        List<Object> skeleton = shape.skeleton(roots);
        int count = in.int32();
        if (count != skeleton.size()) {
            throw other();
        }
        for (Object node : skeleton) {
            if (!in.text().equals(node.getClass().getName())) {
                throw other();
            }
            add(node);
        }
        for (int i = 0; i < nodes.size(); i++) { // it grows
            contents(nodes.get(i));
        }
    }

    private static StateMismatch other() {
        return new StateMismatch("saved state is of a network that was put together in another way");
    }

    private void add(Object node) {
        nodes.add(node);
        taken.put(node, true);
    }

    private void contents(Object node) {
        if (node.getClass().isArray()) {
            array(node);
        } else if (node instanceof Map<?, ?> map) {
            map(map);
        } else if (node instanceof Collection<?> collection) {
            collection(collection);
        } else {
            for (Field field : shape.fields(node.getClass())) {
                field(field, node);
            }
        }
    }

    private void field(Field field, Object of) {
        Class<?> type = field.getType();
        if (type.isPrimitive()) {
            ObjectShape.set(field, of, primitive(type));
            return;
        }
        Object current = ObjectShape.get(field, of);
        Object value = reference(current, type);
        if (value == KEEP || value == current || current != null && current.equals(value)) {
            return;
        }
        ObjectShape.set(field, of, value);
    }

    private void array(Object array) {
        if (array instanceof byte[] octets) {
            in.octets(octets);
            return;
        }
        int length = in.int32();
        if (length != Array.getLength(array)) {
            throw ObjectShape.damaged(array.getClass());
        }
        Class<?> element = array.getClass().getComponentType();
        for (int i = 0; i < length; i++) {
            Object value = element.isPrimitive() ? primitive(element) : reference(Array.get(array, i), element);
            if (value != KEEP) {
                put(array, i, value);
            }
        }
    }

    private static void put(Object array, int at, Object value) {
        try {
            Array.set(array, at, value);
        } catch (IllegalArgumentException e) {
            throw ObjectShape.damaged(array.getClass());
        }
    }

    /** Of elements that stay, the first takes the place of the first, and so on. */
    private void collection(Collection<?> collection) {
        List<Object> before = new ArrayList<>(collection);
        ArrayDeque<Object> fixed = new ArrayDeque<>();
        before.stream().filter(element -> !isLoadable(element)).forEach(fixed::add);
        List<Object> loaded = new ArrayList<>();
        int size = in.count(in.remaining());
        for (int i = 0; i < size; i++) {
            Object value = reference(i < before.size() ? before.get(i) : null, Object.class);
            if (value != KEEP) {
                loaded.add(value);
            } else if (!fixed.isEmpty()) {
                loaded.add(fixed.poll());
            }
        }
        refill(collection, loaded);
    }

    private boolean isLoadable(Object element) {
        return shape.isOurs(element.getClass()) || element.getClass().getName().startsWith("java.");
    }

    @SuppressWarnings("unchecked") // what it held was saved from one like it
    private static void refill(Collection<?> collection, List<Object> elements) {
        collection.clear();
        try {
            ((Collection<Object>) collection).addAll(elements);
        } catch (NullPointerException e) {
            throw ObjectShape.damaged(collection.getClass());
        }
    }

    @SuppressWarnings("unchecked") // what it held was saved from one like it
    private void map(Map<?, ?> map) {
        Map<Object, Object> target = (Map<Object, Object>) map;
        Map<Object, Object> before = new HashMap<>(target);
        target.clear();
        int size = in.count(in.remaining());
        for (int i = 0; i < size; i++) {
            Object key = reference(null, Object.class);
            if (key == null || key == KEEP) {
                throw ObjectShape.damaged(map.getClass());
            }
            Object current = before.get(key);
            Object value = reference(current, Object.class);
            Object loaded = value == KEEP ? current : value;
            if (loaded == null) {
                throw ObjectShape.damaged(map.getClass());
            }
            target.put(key, loaded);
        }
    }

    private Object primitive(Class<?> type) {
        if (type == long.class) {
            return in.int64();
        }
        if (type == boolean.class) {
            return in.flag();
        }
        if (type == double.class) {
            return Double.longBitsToDouble(in.int64());
        }
        int value = in.int32();
        if (type == byte.class) {
            return (byte) value;
        }
        if (type == short.class) {
            return (short) value;
        }
        return type == char.class ? (Object) (char) value : (Object) value;
    }

    private Object reference(Object current, Class<?> declared) {
        ObjectTag tag = ObjectTag.ALL[in.int8(ObjectTag.ALL.length)];
        return switch (tag) {
            case NULL -> null;
            case FIXED -> current == null && declared == Runnable.class ? NOTHING : KEEP;
            case KNOWN -> nodes.get(in.index(nodes.size()));
            case NODE -> node(current);
            case ARRAY -> arrayNode(current, declared);
            case CONSTANT -> shape.constant(shape.named(in.text()), in.text());
            case RECORD -> record(shape.named(in.text()));
            case OPTIONAL -> optional(current);
            case STRING -> in.text();
            case INTEGER -> in.int32();
            case LONG -> in.int64();
            case BOOLEAN -> in.flag();
            case LIST -> List.copyOf(elements());
            case SET -> Collections.unmodifiableSet(new LinkedHashSet<>(elements()));
            case BUFFER -> current == null ? ByteBuffer.allocate(in.count(LARGEST_BUFFER)) : keepBuffer();
        };
    }

    private Object keepBuffer() {
        in.int32();
        return KEEP;
    }

    private Object node(Object current) {
        Class<?> type = shape.named(in.text());
        boolean reused = current != null && current.getClass() == type && !taken.containsKey(current);
        Object node = reused && shape.constant(current).isEmpty() ? current : shape.empty(type);
        add(node);
        return node;
    }

    private Object arrayNode(Object current, Class<?> declared) {
        int length = in.count(in.remaining());
        boolean reused = current != null
                && current.getClass().isArray()
                && Array.getLength(current) == length
                && !taken.containsKey(current);
        if (!reused && !declared.isArray()) {
            throw ObjectShape.damaged(declared);
        }
        Object node = reused ? current : Array.newInstance(declared.getComponentType(), length);
        add(node);
        return node;
    }

    private Object record(Class<?> type) {
        if (!type.isRecord()) {
            throw ObjectShape.damaged(type);
        }
        List<Field> fields = shape.fields(type);
        Object[] values = new Object[fields.size()];
        for (int i = 0; i < values.length; i++) {
            Class<?> part = fields.get(i).getType();
            values[i] = part.isPrimitive() ? primitive(part) : reference(null, part);
        }
        return shape.record(type, values);
    }

    private Object optional(Object current) {
        Object before = current instanceof Optional<?> optional ? optional.orElse(null) : null;
        Object value = reference(before, Object.class);
        return value == KEEP ? KEEP : Optional.ofNullable(value);
    }

    private List<Object> elements() {
        List<Object> elements = new ArrayList<>();
        int size = in.count(in.remaining());
        for (int i = 0; i < size; i++) {
            Object element = reference(null, Object.class);
            if (element == null || element == KEEP) {
                throw ObjectShape.damaged(List.class);
            }
            elements.add(element);
        }
        return elements;
    }
}
