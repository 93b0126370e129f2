package org.exposureatlas.ndjson;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A node of the wanted paths: the members to follow from an object, and the fields that end here.
 */
final class PathTrie {

  private static final int MAX_MEMBERS = 64;
  private static final int MAX_MEMBERS_OF_ALL = 4_096;

  private final byte[] name;
  private final long head;
  private PathTrie[] children = {};
  private int[] fields = {};
  private int[] below = {};
  private boolean exploded;
  private final AtomicInteger memberCount;
  private Member[] members = {};

  private PathTrie(byte[] name, AtomicInteger memberCount) {
    this.name = name;
    this.memberCount = memberCount;
    head = Words.head(name, 0, name.length);
  }

  /**
   * Paths of {@code fields}, and the top-level members whose elements or member values are records.
   */
  static PathTrie of(List<JsonField> fields, List<String> explodedMembers) {
    PathTrie root = new PathTrie(new byte[0], new AtomicInteger());
    for (int i = 0; i < fields.size(); i++) {
      PathTrie node = root;
      for (String step : fields.get(i).path().split("\\.", -1)) {
        node = node.orNew(step);
        node.below = append(node.below, i);
      }
      node.fields = append(node.fields, i);
    }
    explodedMembers.forEach(member -> root.orNew(member).exploded = true);
    return root;
  }

  private static int[] append(int[] numbers, int number) {
    int[] longer = Arrays.copyOf(numbers, numbers.length + 1);
    longer[numbers.length] = number;
    return longer;
  }

  private PathTrie orNew(String step) {
    byte[] wanted = step.getBytes(StandardCharsets.UTF_8);
    PathTrie found = child(wanted, 0, wanted.length);
    if (found == null) {
      found = new PathTrie(wanted, memberCount);
      children = Arrays.copyOf(children, children.length + 1);
      children[children.length - 1] = found;
    }
    return found;
  }

  /** The member named by these bytes; null when nothing below it is wanted. */
  PathTrie child(byte[] bytes, int start, int end) {
    long wanted = Words.head(bytes, start, end);
    for (PathTrie child : children) {
      if (child.head == wanted && child.isNamed(bytes, start, end)) {
        return child;
      }
    }
    return null;
  }

  private boolean isNamed(byte[] bytes, int start, int end) {
    return Arrays.equals(name, 0, name.length, bytes, start, end);
  }

  /** The member numbered {@code number} of those learned; null when there are not as many. */
  Member member(int number) {
    return number < members.length ? members[number] : null;
  }

  /**
   * Number of the learned member whose name and colon stand in this place; learns it if need be.
   *
   * @param child what is wanted of it; null: nothing
   * @return -1 when there are too many to know
   */
  int learn(byte[] bytes, int start, int end, PathTrie child) {
    if (members.length == MAX_MEMBERS || memberCount.get() == MAX_MEMBERS_OF_ALL) {
      return -1;
    }
    for (int i = 0; i < members.length; i++) {
      if (members[i].isNamedAt(bytes, start, end)) {
        return i;
      }
    }
    memberCount.incrementAndGet();
    byte[] named = Arrays.copyOfRange(bytes, start, end);
    members = Arrays.copyOf(members, members.length + 1);
    members[members.length - 1] =
        new Member(named, child == null ? new PathTrie(named, memberCount) : child);
    return members.length - 1;
  }

  /** Whether nothing of it is wanted. */
  boolean isUnwanted() {
    return fields.length == 0 && children.length == 0 && !exploded;
  }

  /** Fields whose path ends at this node. */
  int[] fields() {
    return fields;
  }

  /** Fields whose path ends here or further down. */
  int[] fieldsBelow() {
    return below;
  }

  boolean hasChildren() {
    return children.length > 0;
  }

  boolean isExploded() {
    return exploded;
  }
}
