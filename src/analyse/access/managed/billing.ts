/** What the job function Billing may do. https://docs.aws.amazon.com/aws-managed-policy/latest/reference/Billing.html */

/** `actions('ce', 'GetTags …')`: names parted by spaces and line ends. */
export const actions = (service: string, names: string): readonly string[] =>
  names.split(/\s+/).map((name) => `${service}:${name}`);

export const BILLING: readonly string[] = [
  'account:GetAccountInformation',
  ...actions('aws-portal', '*Billing *PaymentMethods *Usage'),
  ...actions(
    'billing',
    `CreateBillingView DeleteBillingView GetBillingData GetBillingDetails GetBillingNotifications GetBillingPreferences
    GetBillingView GetContractInformation GetCredits GetIAMAccessPreference GetSellerOfRecord ListBillingViews
    PutContractInformation RedeemCredits GetResourcePolicy ListSourceViewsForBillingView ListTagsForResource TagResource
    UntagResource UpdateBillingPreferences UpdateBillingView UpdateIAMAccessPreference`,
  ),
  ...actions(
    'budgets',
    `CreateBudgetAction DeleteBudgetAction DescribeBudgetActionsForBudget DescribeBudgetAction
    DescribeBudgetActionsForAccount DescribeBudgetActionHistories ExecuteBudgetAction ModifyBudget UpdateBudgetAction
    ViewBudget`,
  ),
  ...actions(
    'ce',
    `CreateCostCategoryDefinition CreateNotificationSubscription CreateReport DeleteCostCategoryDefinition
    DeleteNotificationSubscription DeleteReport DescribeCostCategoryDefinition GetCostAndUsage ListCostAllocationTags
    ListCostCategoryDefinitions ListTagsForResource TagResource UpdateCostAllocationTagsStatus
    UpdateNotificationSubscription UpdatePreferences UpdateReport UpdateCostCategoryDefinition UntagResource
    StartCostAllocationTagBackfill ListCostAllocationTagBackfillHistory GetTags GetDimensionValues`,
  ),
  ...actions('consolidatedbilling', 'GetAccountBillingRole ListLinkedAccounts'),
  ...actions(
    'cur',
    `DeleteReportDefinition DescribeReportDefinitions GetClassicReport GetClassicReportPreferences GetUsageReport
    ModifyReportDefinition PutClassicReportPreferences PutReportDefinition ValidateReportDestination`,
  ),
  ...actions('freetier', 'GetFreeTierAlertPreference GetFreeTierUsage PutFreeTierAlertPreference'),
  ...actions(
    'invoicing',
    `BatchGetInvoiceProfile CreateInvoiceUnit DeleteInvoiceUnit GetInvoiceEmailDeliveryPreferences GetInvoicePDF
    GetInvoiceUnit GetInvoiceCorrection ListInvoiceSummaries ListInvoiceUnits CreateProcurementPortalPreference
    GetProcurementPortalPreference PutProcurementPortalPreference UpdateProcurementPortalPreferenceStatus
    ListProcurementPortalPreferences DeleteProcurementPortalPreference ListTagsForResource ListInvoiceCorrections
    StartInvoiceCorrection PutInvoiceEmailDeliveryPreferences TagResource UntagResource UpdateInvoiceUnit`,
  ),
  ...actions('mapcredits', 'ListQuarterSpend ListAssociatedPrograms ListQuarterCredits'),
  ...actions(
    'payments',
    `CreateFinancingApplication CreatePaymentInstrument DeletePaymentInstrument GetFinancingApplication GetFinancingLine
    GetFinancingLineWithdrawal GetFinancingOption GetPaymentInstrument GetPaymentStatus ListFinancingApplications
    ListFinancingLines ListFinancingLineWithdrawals ListPaymentPreferences ListPaymentProgramOptions
    ListPaymentProgramStatus ListTagsForResource ListPaymentInstruments MakePayment TagResource UntagResource
    UpdateFinancingApplication UpdatePaymentInstrument UpdatePaymentPreferences`,
  ),
  'pricing:DescribeServices',
  ...actions(
    'purchase-orders',
    `AddPurchaseOrder DeletePurchaseOrder GetPurchaseOrder ListPurchaseOrderInvoices ListPurchaseOrders
    ListTagsForResource ModifyPurchaseOrders TagResource UntagResource UpdatePurchaseOrder UpdatePurchaseOrderStatus
    ViewPurchaseOrders`,
  ),
  ...actions('support', 'CreateCase AddAttachmentsToSet'),
  'sustainability:GetCarbonFootprintSummary',
  ...actions(
    'tax',
    `BatchPutTaxRegistration DeleteTaxRegistration GetExemptions GetTaxInheritance GetTaxInterview GetTaxRegistration
    GetTaxRegistrationDocument ListTaxRegistrations PutTaxInheritance PutTaxInterview PutTaxRegistration
    UpdateExemptions`,
  ),
];
