extension TargetAnswer {
  /// Makes an answer that was given elsewhere from its parts.
  package init(of target: Target, for reasons: [Reason]) {
    self.init(target: target, reasons: reasons)
  }
}

extension TargetAnswer.Reason {
  /// Makes a reason that was given elsewhere from its parts.
  package init(_ condition: TargetCondition, at hits: [TargetCondition.Hit]) {
    self.init(condition: condition, hits: hits)
  }
}
